import type { BuildSummary } from '../../../contract/build-record.ts';
import type { ImageItem } from '../../../contract/disk.ts';
import type { ImageSummary } from '../../../contract/image.ts';
import type { ListedContainer } from '../../foundation/engine/answers/container-answers.ts';
import { comesBack } from './comes-back.ts';

export type ImagesKnown = {
  images: readonly ImageSummary[];
  containers: readonly ListedContainer[];
  /** The builds that made images here, the newest first. */
  builds: readonly BuildSummary[];
  /** Folders of builds that are gone. */
  lostFolders: ReadonlySet<string>;
  /** When images last got a name, in milliseconds since 1970, by id. */
  named: ReadonlyMap<string, number>;
  /** When a container last took images, also one that has gone, in milliseconds since 1970, by id. */
  taken: ReadonlyMap<string, number>;
  /** Digests that a registry has confirmed. */
  confirmed: ReadonlySet<string>;
  digestsTell: boolean;
};

/** Every image as something that may go. Pure. */
export function imageItems({ images, containers, builds, lostFolders, named, taken, confirmed, digestsTell }: ImagesKnown): ImageItem[] {
  const built = new Map<string, BuildSummary>();
  // what the record in a file says is no evidence
  for (const build of builds)
    if (build.imageId && build.state === 'succeeded' && build.origin !== 'file' && !built.has(build.imageId))
      built.set(build.imageId, build);
  const users = Map.groupBy(containers, ({ ImageID }) => ImageID);
  return images.map((image): ImageItem => {
    const build = built.get(image.id);
    const own = users.get(image.id) ?? [];
    const { id, references, digests, size, usedBy, keptUntil } = image;
    const ran = [taken.get(id), ...own.map(({ Created }) => Created * 1000)];
    const lastUsedAt = latest([named.get(id), build && endOf(build), ...ran, image.createdAt]);
    const former = references.length === 0 ? build?.references[0] : undefined;
    // what another tool built is not known well enough to be built again
    const canBuild = build && build.origin === undefined && !lostFolders.has(build.folder.path);
    return {
      kind: 'image',
      key: `image ${id}`,
      id,
      references,
      digests,
      ...(former !== undefined && { formerly: former }),
      size,
      ...(keptUntil !== undefined && { keptUntil }),
      usedBy,
      comesBack: comesBack(image, { build: canBuild ? build : undefined, confirmed, digestsTell }),
      ...(lastUsedAt !== undefined && { lastUsedAt }),
      ...(usedBy.length > 0 && { stays: 'in-use' }),
    };
  });
}

const endOf = ({ createdAt, startedAt = createdAt, seconds = 0 }: BuildSummary): number => startedAt + seconds * 1000;

function latest(times: (number | undefined)[]): number | undefined {
  const known = times.filter((time) => time !== undefined && time > 0) as number[];
  return known.length > 0 ? Math.max(...known) : undefined;
}
