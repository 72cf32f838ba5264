import { FailureError } from '../../../foundation/failures/failure.ts';
import { isImage } from '../../../foundation/formats/manifest.ts';
import type { FoundManifest, Repository } from '../../../foundation/registries/repository.ts';
import { tooDeep } from '../content-of-registry.ts';
import { type Listed, platformOf, readList, slotOf, wordsOf } from './list-descriptor.ts';

/** The most bytes in an image's configuration. */
const longestConfiguration = 8 * 1024 * 1024;

/** An image for one platform, as a list says it, with where it is now. */
export type ListChild = {
  listed: Listed;
  platform: string;
  slot: string;
  statements: Listed[];
  source: Repository;
};

/** What a name of a registry would bring into a list: the image, or all images of a list. Rejects for what is no image. */
export async function readPart(source: Repository, version: string, signal?: AbortSignal): Promise<ListChild[]> {
  const found = await source.manifest(version, signal);
  if (found.manifest.kind === 'image') return [await readImage(source, found, [], signal)];
  const { images, statementsOf, hasLists } = readList(found.bytes);
  if (hasLists) throw tooDeep();
  return Promise.all(
    images.map(async (listed): Promise<ListChild> => {
      const statements = statementsOf(listed.digest);
      const { platform } = listed;
      if (platform) return { listed, platform: wordsOf(platform), slot: slotOf(platform), statements, source };
      const child = await readImage(source, await source.manifest(listed.digest, signal), statements, signal);
      return { ...child, listed: { ...listed, platform: child.listed.platform } };
    }),
  );
}

async function readImage(
  source: Repository,
  { digest, mediaType, bytes, manifest }: FoundManifest,
  statements: Listed[],
  signal?: AbortSignal,
): Promise<ListChild> {
  if (manifest.kind !== 'image' || !isImage(manifest)) throw notAnImage(source, digest);
  const platform = platformOf(await source.blob(manifest.config.digest, longestConfiguration, signal));
  const listed = { mediaType, size: bytes.length, digest, platform };
  return { listed, platform: wordsOf(platform), slot: slotOf(platform), statements, source };
}

const notAnImage = ({ client, name }: Repository, digest: string): FailureError =>
  new FailureError({
    kind: 'invalid-input',
    title: 'Only images can be put together',
    detail: `${client.registry}/${name}@${digest.slice(0, 19)} is something else, such as a chart or a signature.`,
    hint: 'Leave it out.',
  });
