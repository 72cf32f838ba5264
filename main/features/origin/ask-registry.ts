import type { Failure } from '../../../contract/failure.ts';
import type { OriginFact } from '../../../contract/origin.ts';
import { toFailure } from '../../foundation/failures/failure.ts';
import { type Access, withRepository } from '../../foundation/registries/open-repository.ts';
import { countReferrers, referrersTag } from '../../foundation/registries/referrers.ts';
import type { Repository } from '../../foundation/registries/repository.ts';
import { readStatements } from './read-statements.ts';
import { factsOfStatement } from './statements.ts';

/** What a registry says of an image by its digest, `repository@sha256:…`. */
export type RegistrySays = {
  digest: string;
  /** Absent if it doesn't answer. */
  isThere?: boolean;
  failure?: Failure;
  signatures: number;
  statements: OriginFact[];
};

type Wanted = { platform: string; hasStatements: boolean };

/** Asks whether a registry has an image, whether it is signed there, and what its build attached to it, if that isn't known yet. */
export async function askRegistry(digest: string, wanted: Wanted, access: Access, signal?: AbortSignal): Promise<RegistrySays> {
  try {
    return await withRepository(digest, access, (repository, version) => ask(repository, { digest, version }, wanted, signal), signal);
  } catch (error) {
    signal?.throwIfAborted();
    return { digest, failure: toFailure(error), signatures: 0, statements: [] };
  }
}

async function ask(
  repository: Repository,
  { digest, version }: { digest: string; version: string },
  { platform, hasStatements }: Wanted,
  signal: AbortSignal | undefined,
): Promise<RegistrySays> {
  const nothing = { digest, signatures: 0, statements: [] };
  if (!(await repository.hasManifest(version, signal))) return { ...nothing, isThere: false };
  const [cosign, referrers, statements] = await Promise.all([
    // where cosign puts signatures of registries that know no referrers
    repository.hasManifest(`${referrersTag(version)}.sig`, signal),
    countReferrers(repository, version, isSignature, signal),
    hasStatements ? [] : remoteStatements(repository, version, platform, signal),
  ]);
  return { digest, isThere: true, signatures: Number(cosign) + referrers, statements };
}

async function remoteStatements(repository: Repository, digest: string, platform: string, signal?: AbortSignal): Promise<OriginFact[]> {
  const read = async (wanted: string, most: number, kind: 'manifest' | 'blob') =>
    kind === 'manifest' ? (await repository.manifest(wanted, signal)).bytes : repository.blob(wanted, most, signal);
  try {
    return (await readStatements(read, digest, platform)).flatMap(factsOfStatement);
  } catch {
    signal?.throwIfAborted();
    return []; // said to be unknown, like all that nothing tells
  }
}

/** Cosign's, Notation's and Sigstore's signatures. */
const isSignature = (artifactType: string): boolean => /cosign.*sig|vnd\.cncf\.notary\.signature|sigstore\.bundle/.test(artifactType);
