import type { ImagePlatform, ImageSummary } from '../../../contract/image.ts';
import { isOnThisComputer } from '../../../contract/reference.ts';
import { readContainerList } from '../../foundation/engine/answers/container-answers.ts';
import { type ListedImage, type ListedManifest, readImageList } from '../../foundation/engine/answers/image-answers.ts';
import { isBefore } from '../../foundation/engine/api-version.ts';
import { keptUntil } from '../../foundation/engine/kept-names.ts';
import type { Engine } from '../../foundation/engine/open-engine.ts';

/**
 * Every image on the engine, one entry for each, the newest first, with the containers that use it. With a name, that image alone, of whose
 * names the engine may tell no other; with `all`, those of single steps as well.
 */
export async function listImages(engine: Engine, { reference, all }: { reference?: string; all?: true } = {}): Promise<ImageSummary[]> {
  const manifests = tellsManifests(engine);
  const [images, containers] = await Promise.all([
    readImageList(engine, { manifests, ...(all && { all }), ...(reference !== undefined && { reference }) }),
    readContainerList(engine),
  ]);
  const users = new Map<string, string[]>();
  for (const { ImageID, Names, Id } of containers) {
    const name = Names[0]?.replace(/^\//, '') ?? Id.slice(0, 12);
    users.set(ImageID, [...(users.get(ImageID) ?? []), name]);
  }
  return images
    .map(({ Id, RepoTags, RepoDigests, keptAs, Size, Created, Manifests }) => ({
      id: Id,
      references: RepoTags.sort(ownNamesFirst),
      digests: RepoDigests.sort(ownNamesFirst),
      ...keeping(keptAs),
      size: Size,
      ...describeManifests(Manifests),
      createdAt: Created > 0 ? Created * 1000 : 0,
      usedBy: users.get(Id) ?? [],
    }))
    .sort(newestFirst);
}

/** The images of single steps that the list leaves out, the newest first. */
export async function listSteps(engine: Engine): Promise<ImageSummary[]> {
  const [listed, all] = await Promise.all([listImages(engine), listImages(engine, { all: true })]);
  const known = new Set(listed.map(({ id }) => id));
  return all.filter(({ id }) => !known.has(id));
}

/** Until when an image is kept by private names. */
export function keeping(names: readonly string[]): Pick<ImageSummary, 'keptUntil'> {
  if (names.length === 0) return {};
  return { keptUntil: Math.max(...names.map((name) => keptUntil(name) ?? 0)) };
}

export const newestFirst = (a: ImageSummary, b: ImageSummary): number => b.createdAt - a.createdAt || a.id.localeCompare(b.id);

// people rarely call an image by the name of its copy in a local registry
export const ownNamesFirst = (a: string, b: string): number =>
  Number(isOnThisComputer(a)) - Number(isOnThisComputer(b)) || a.localeCompare(b);

/** Whether the list tells what each image consists of, and so how much of it is packed. */
const tellsManifests = ({ spokenVersion }: Engine): boolean => !isBefore(spokenVersion, '1.47');

/** Bytes of all unpacked layers of a listed image as the engine counts them; undefined if it doesn't tell. */
export const unpackedBytes = (engine: Engine, { size, packed }: ImageSummary): number | undefined =>
  tellsManifests(engine) && packed !== undefined ? size - packed : undefined;

/** How much of the image is packed, and its platforms if it has several. What only says something about an image is no platform. */
function describeManifests(manifests: ListedImage['Manifests']): Pick<ImageSummary, 'packed' | 'platforms'> {
  if (manifests.length === 0) return {};
  const packed = manifests.reduce((sum, { Size }) => sum + Size.Content, 0);
  const platforms = manifests.filter(({ Kind }) => Kind === 'image').map(describePlatform);
  return { packed, ...(platforms.length > 1 && { platforms }) };
}

const describePlatform = ({ ImageData, Available, Size }: ListedManifest): ImagePlatform => {
  const { os = '', architecture = '', variant = '' } = ImageData?.Platform ?? {};
  return { name: [os, architecture, variant].filter(Boolean).join('/') || 'unknown', isHere: Available, size: Size.Total };
};
