import type { BuildSummary } from '../../../contract/build-record.ts';
import type { ImageOrigin, OriginAbout, OriginFact, OriginReason } from '../../../contract/origin.ts';
import { isReference, parseReference, repositoryKey } from '../../../contract/reference.ts';
import type { RegistrySays } from './ask-registry.ts';

/** All that was found out about one image. */
export type KnownOrigin = {
  /** The build here that made it. */
  build: Pick<BuildSummary, 'id' | 'folder' | 'references' | 'origin'> | undefined;
  /** `repository@sha256:…`. */
  digests: readonly string[];
  /** An image has digests only if it came from a registry or went to one: Docker's own store. Others give each image some. */
  digestsTell: boolean;
  startsFrom: ImageOrigin['startsFrom'];
  labels: readonly OriginFact[];
  /** What the engine itself wrote down and checked. */
  noted: readonly OriginFact[];
  statements: readonly OriginFact[];
  /** What registries said; absent while none was asked. */
  registries?: readonly RegistrySays[];
};

/** What people want to know of every image, and so is said even where nothing tells it. */
const wanted: readonly OriginAbout[] = ['source', 'builder', 'base', 'ingredients'];

const order = { verified: 0, stated: 1, unknown: 2 };

/** Where an image comes from: what Layerdeck checked, what somebody wrote down, and what nothing tells. Never one as another. Pure. */
export function originFacts(known: KnownOrigin): OriginFact[] {
  const { build, labels, noted, statements, registries } = known;
  const told = [
    ...(build ? [builtHere(build)] : []),
    ...known.digests.map((digest) => placeOf(digest, known)),
    ...noted.filter((one) => !isToldAlready(one, known)),
    ...baseOf(known),
    ...statements,
    ...(registries ?? []).flatMap((said) => said.statements),
    ...labels,
    ...(noted.some(({ about }) => about === 'signature') ? [] : [signatureOf(known)]),
  ];
  const facts = withoutRepeats(told);
  const unknown = wanted.filter((about) => !facts.some((one) => one.about === about) && !isAnswered(about, known));
  return [...facts, ...unknown.map((about) => fact(about, 'unknown', '', { why: 'nothing-says-so' }))].sort(
    (one, other) => order[one.certainty] - order[other.certainty],
  );
}

const fact = (about: OriginAbout, certainty: OriginFact['certainty'], value: string, because: OriginReason): OriginFact => ({
  about,
  certainty,
  value,
  because,
});

const builtHere = ({ id, folder, references, origin }: NonNullable<KnownOrigin['build']>): OriginFact =>
  fact('built-here', 'verified', folder.name || references[0] || '', { why: 'built-here', build: id, isOwn: origin === undefined });

/** A build that is known better, and a repository that is named with its digest, are told once. */
const isToldAlready = ({ about, value }: OriginFact, { build, digests }: KnownOrigin): boolean =>
  (about === 'built-here' && build !== undefined) || (about === 'got-from' && digests.some((digest) => isIn(digest, value)));

const isIn = (digest: string, repository: string): boolean =>
  repositoryKey(parseReference(digest)) === (isReference(repository) ? repositoryKey(parseReference(repository)) : repository);

/** Who built it, and on what, may be known in another way. */
const isAnswered = (about: OriginAbout, { build, noted, startsFrom }: KnownOrigin): boolean =>
  (about === 'builder' && (build !== undefined || noted.some((one) => one.about === 'built-here'))) ||
  (about === 'base' && startsFrom.length > 0);

function placeOf(digest: string, { digestsTell, noted, registries }: KnownOrigin): OriginFact {
  const said = registries?.find((one) => one.digest === digest);
  if (said?.isThere) return fact('got-from', 'verified', digest, { why: 'registry-has-it' });
  if (said?.isThere === false) return fact('got-from', 'unknown', digest, { why: 'registry-lacks-it' });
  if (digestsTell) return fact('got-from', 'verified', digest, { why: 'engine-checked-it' });
  if (noted.some(({ about, value }) => about === 'got-from' && isIn(digest, value)))
    return fact('got-from', 'verified', digest, { why: 'engine-noted-it' });
  if (said?.failure) return fact('got-from', 'unknown', digest, { why: 'failed', failure: said.failure });
  return fact('got-from', 'unknown', digest, { why: 'engine-made-it-up' });
}

function baseOf({ startsFrom }: KnownOrigin): OriginFact[] {
  const last = startsFrom.at(-1);
  return last ? [fact('starts-from', 'verified', last.name, { why: 'same-layers', layers: last.layers, image: last.image })] : [];
}

/** Signatures are counted, not checked: that takes the key or the account of whoever signed. */
function signatureOf({ registries }: KnownOrigin): OriginFact {
  if (!registries) return fact('signature', 'unknown', '', { why: 'not-asked' });
  const signatures = registries.reduce((sum, said) => sum + said.signatures, 0);
  if (signatures > 0) return fact('signature', 'stated', '', { why: 'not-checked', signatures });
  const failure = registries.find((said) => said.failure)?.failure;
  return fact('signature', 'unknown', '', failure ? { why: 'failed', failure } : { why: 'nothing-says-so' });
}

/** What two places say alike is said once, by the one that comes first. */
function withoutRepeats(facts: readonly OriginFact[]): OriginFact[] {
  const said = new Set<string>();
  return facts.filter(({ about, value }) => {
    const key = `${about} ${value}`;
    if (said.has(key)) return false;
    said.add(key);
    return true;
  });
}
