import pLimit from 'p-limit';
import { type Access, withRepository } from '../../foundation/registries/open-repository.ts';

/** How many questions to registries are open at the same time. */
const atOnce = 4;

/**
 * Of these digests (`repository@sha256:…`), those that their registries say they have. Asks without downloading anything; one that does not
 * answer confirms nothing.
 */
export async function confirmDigests(digests: readonly string[], access: Access, signal: AbortSignal | undefined): Promise<string[]> {
  const limit = pLimit(atOnce);
  const isThere = (digest: string): Promise<boolean> =>
    withRepository(digest, access, (repository, version) => repository.hasManifest(version, signal), signal);
  const found = await Promise.all(digests.map((digest) => limit(() => isThere(digest).catch(() => false))));
  signal?.throwIfAborted();
  return digests.filter((_, at) => found[at]);
}
