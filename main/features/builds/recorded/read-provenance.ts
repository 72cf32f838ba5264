import * as z from 'zod';
import type { BuildKitControl } from '../../../foundation/buildkit/open-control.ts';
import type { BuildHistoryRecord } from '../../../foundation/buildkit/protocols.ts';

/** The most bytes of a provenance that are read: it holds the Dockerfile and the steps of the build. */
export const mostProvenance = 16 * 1024 * 1024;

const Source = z.object({ infos: z.array(z.object({ filename: z.string(), data: z.string() })).min(1) });

// where SLSA 0.2 and, from BuildKit 0.24 on, SLSA 1 have it
const Provenance = z.union([
  z.object({ metadata: z.object({ 'https://mobyproject.org/buildkit@v1#metadata': z.object({ source: Source }) }) }),
  z.object({ runDetails: z.object({ metadata: z.object({ buildkit_metadata: z.object({ source: Source }) }) }) }),
  z.object({ predicate: z.object({ runDetails: z.object({ metadata: z.object({ buildkit_metadata: z.object({ source: Source }) }) }) }) }),
]);

/** The text of the Dockerfile, which BuildKit keeps with its account of how the image was made; undefined if it kept none. */
export async function readProvenance(
  control: BuildKitControl,
  record: BuildHistoryRecord,
  signal: AbortSignal,
): Promise<string | undefined> {
  const digest = provenanceOf(record);
  if (!digest) return undefined;
  try {
    return dockerfileIn((await control.readContent(digest, mostProvenance, signal)).toString());
  } catch {
    signal.throwIfAborted();
    return undefined; // the build is shown without it
  }
}

/** The digest of the account of how the image was made, if there is one. */
export function provenanceOf({ Result, Results }: BuildHistoryRecord): string | undefined {
  const all = [Result, ...Object.values(Results)].flatMap((result) => result?.Attestations ?? []);
  return all.find(({ annotations }) => annotations['in-toto.io/predicate-type']?.startsWith('https://slsa.dev/provenance/'))?.digest;
}

/** The Dockerfile in a provenance. Throws if it has none. */
export function dockerfileIn(text: string): string | undefined {
  const known = Provenance.parse(JSON.parse(text));
  const source =
    'metadata' in known
      ? known.metadata['https://mobyproject.org/buildkit@v1#metadata'].source
      : ('predicate' in known ? known.predicate : known).runDetails.metadata.buildkit_metadata.source;
  const [first] = source.infos;
  return first && Buffer.from(first.data, 'base64').toString();
}
