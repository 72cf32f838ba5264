import type { NewerAnswer } from '../../../contract/origin.ts';
import { type Access, withRepository } from '../../foundation/registries/open-repository.ts';
import { findRemoteImage } from '../../foundation/registries/remote-image.ts';

/** An image that came from a registry, by one of its names there. */
export type NewerQuestion = {
  reference: string;
  /** The digest by which that repository knows it. */
  here: string;
  /** The same, and the image's id. */
  ids: readonly string[];
  /** Milliseconds since 1970; 0 if it doesn't say. */
  createdAt: number;
  platform: string;
};

/**
 * Asks a registry what it has under a name now. The digest alone is asked for first, which registries don't count as getting an image; only
 * of another one are manifest and configuration read. Rejects if the registry doesn't answer, or doesn't let us in.
 */
export async function askForNewer(question: NewerQuestion, access: Access, signal?: AbortSignal): Promise<NewerAnswer> {
  const { reference, here, ids, createdAt, platform } = question;
  const known = { reference, here, askedAt: Date.now() };
  return withRepository(
    reference,
    access,
    async (repository, version): Promise<NewerAnswer> => {
      const said = await repository.findDigest(version, signal);
      if (said === undefined) return { ...known, relation: 'gone' };
      if (ids.includes(said)) return { ...known, relation: 'same', found: said };
      const found = await repository.findManifest(version, signal);
      if (!found) return { ...known, relation: 'gone' };
      const image = await findRemoteImage(repository, found.digest, platform, signal);
      const isSame = [found.digest, image?.digest, image?.config.digest].some((id) => id !== undefined && ids.includes(id));
      if (isSame) return { ...known, relation: 'same', found: found.digest };
      const there = image?.facts.createdAt ?? 0;
      return { ...known, relation: relationOf(createdAt, there), found: found.digest, ...describe(there, image?.facts.settings.labels) };
    },
    signal,
  );
}

/** Images that say 1970, as reproducible ones do, tell nothing; and engines tell seconds only. */
function relationOf(here: number, there: number): NewerAnswer['relation'] {
  const [one, other] = [here, there].map((time) => Math.floor(time / 1000)) as [number, number];
  if (one <= 0 || other <= 0 || one === other) return 'other';
  return other > one ? 'newer' : 'older';
}

const describe = (createdAt: number, labels: Record<string, string> = {}): Pick<NewerAnswer, 'createdAt' | 'version'> => {
  const version = labels['org.opencontainers.image.version']?.slice(0, 100);
  return { ...(createdAt > 0 && { createdAt }), ...(version && { version }) };
};
