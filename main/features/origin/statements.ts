import * as z from 'zod';
import type { OriginAbout, OriginFact } from '../../../contract/origin.ts';

/** What a build attached to its image (in-toto's statements): how it was made, or what is in it. */
export type Statement = { kind: 'provenance' | 'ingredients' /** Absent if it is too long to be read at once. */; text?: string };

const word = z.string().catch('');
const Vcs = z.object({ source: word, revision: word }).partial().catch({});
const Material = z.object({ uri: z.string() });
const Materials = z.array(Material.catch({ uri: '' })).catch([]);
const BuildKit = z.object({ vcs: Vcs }).partial().catch({});

/** SLSA's provenance 0.2 and 1, as BuildKit and GitHub write them. */
const Provenance = z.object({
  builder: z.object({ id: word }).partial().catch({}),
  invocation: z
    .object({ configSource: z.object({ uri: word }).partial().catch({}) })
    .partial()
    .catch({}),
  materials: Materials,
  metadata: z.object({ buildFinishedOn: word, 'https://mobyproject.org/buildkit@v1#metadata': BuildKit }).partial().catch({}),
  buildDefinition: z
    .object({
      externalParameters: z
        .object({ configSource: z.object({ uri: word }).partial().catch({}) })
        .partial()
        .catch({}),
      resolvedDependencies: Materials,
    })
    .partial()
    .catch({}),
  runDetails: z
    .object({
      builder: z.object({ id: word }).partial().catch({}),
      metadata: z.object({ finishedOn: word, buildkit_metadata: BuildKit }).partial().catch({}),
    })
    .partial()
    .catch({}),
});

const Document = z.object({ packages: z.array(z.unknown()) });

const Envelope = z.object({ predicate: z.unknown() });

/** The most letters of a value that are shown. */
const longest = 500;
/** The most images that a build used that are shown: anybody can write any number of them. */
const mostMaterials = 20;

/** What a statement says. Throws nothing: of what can't be read, nothing is known. Pure. */
export function factsOfStatement({ kind, text }: Statement): OriginFact[] {
  if (text === undefined)
    return kind === 'ingredients' ? [{ about: 'ingredients', certainty: 'stated', value: '', because: { why: 'attestation' } }] : [];
  const predicate = predicateOf(text);
  return kind === 'provenance' ? ofProvenance(predicate) : ofIngredients(predicate);
}

function predicateOf(text: string): unknown {
  try {
    return Envelope.parse(JSON.parse(text)).predicate;
  } catch {
    return undefined;
  }
}

function ofProvenance(predicate: unknown): OriginFact[] {
  const read = Provenance.partial().safeParse(predicate);
  if (!read.success) return [];
  const { builder, invocation, metadata, buildDefinition, runDetails } = read.data;
  const vcs = runDetails?.metadata?.buildkit_metadata?.vcs ?? metadata?.['https://mobyproject.org/buildkit@v1#metadata']?.vcs;
  const source = vcs?.source || buildDefinition?.externalParameters?.configSource?.uri || invocation?.configSource?.uri;
  const all = [...(read.data.materials ?? []), ...(buildDefinition?.resolvedDependencies ?? [])];
  const materials = all.flatMap(({ uri }) => imageIn(uri) ?? []);
  return [
    ...stated('source', source),
    ...stated('revision', vcs?.revision),
    ...stated('builder', runDetails?.builder?.id || builder?.id),
    ...stated('built-at', runDetails?.metadata?.finishedOn || metadata?.buildFinishedOn),
    // those of all stages, and what BuildKit itself runs: they need not be in the image
    ...[...new Set(materials)].slice(0, mostMaterials).flatMap((material) => stated('material', material)),
  ];
}

/** How many packages the list has that came with the image. */
function ofIngredients(predicate: unknown): OriginFact[] {
  const read = Document.safeParse(predicate);
  return read.success ? stated('ingredients', String(read.data.packages.length)) : [];
}

const stated = (about: OriginAbout, value: string | undefined): OriginFact[] =>
  value ? [{ about, certainty: 'stated', value: value.slice(0, longest), because: { why: 'attestation' } }] : [];

/** `pkg:docker/python@3.12-slim?digest=sha256:…` as `python:3.12-slim`; undefined for what is no image. */
function imageIn(uri: string): string | undefined {
  const [, name, version] = /^pkg:docker\/([^@?#]+)(?:@([^?#]+))?/.exec(uri) ?? [];
  if (name === undefined) return undefined;
  try {
    const of = decodeURIComponent(name);
    return version === undefined ? of : `${of}${version.startsWith('sha256') ? '@' : ':'}${decodeURIComponent(version)}`;
  } catch {
    return undefined;
  }
}
