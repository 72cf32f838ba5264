import type { BuildSummary } from '../../../contract/build-record.ts';
import type { ComesBack } from '../../../contract/disk.ts';
import type { ImageSummary } from '../../../contract/image.ts';
import { isOnThisComputer, parseReference } from '../../../contract/reference.ts';

type Known = {
  /** The build that made the image, if its folder is still there. */
  build: BuildSummary | undefined;
  /** Digests that a registry has confirmed. */
  confirmed: ReadonlySet<string>;
  /** An image has digests only if it came from a registry or went to one: Docker's own store. Others give each image some. */
  digestsTell: boolean;
};

/** How an image can be had again. Pure. */
export function comesBack({ digests }: Pick<ImageSummary, 'digests'>, { build, confirmed, digestsTell }: Known): ComesBack {
  const ordered = digests.toSorted(elsewhereFirst);
  const sure = ordered.filter((digest) => confirmed.has(digest));
  const [said = []] = [sure, digestsTell ? ordered : []].filter(({ length }) => length > 0);
  const [first] = said;
  // what a registry on this computer has may go with the same clean-up
  if (first !== undefined && (sure.length > 0 || !build || !isOnThisComputer(first)))
    return { how: 'registry', registry: registryOf(first), digests: said, isSure: sure.length > 0 };
  if (build)
    return { how: 'build', build: build.id, folder: build.folder.name, ...(build.seconds !== undefined && { seconds: build.seconds }) };
  return { how: 'unknown', ...(ordered[0] !== undefined && { mayBeAt: registryOf(ordered[0]) }) };
}

const elsewhereFirst = (a: string, b: string): number => Number(isOnThisComputer(a)) - Number(isOnThisComputer(b));

const registryOf = (digest: string): string => parseReference(digest).registry ?? 'docker.io';
