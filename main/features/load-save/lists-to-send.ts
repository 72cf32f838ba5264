import { mediaTypes, parseConfiguration } from '../../foundation/formats/manifest.ts';
import { tarFile } from '../../foundation/formats/tar/rewrite-tar.ts';
import { withName } from '../../foundation/image-archive/annotated-name.ts';
import { type FileName, wholeName } from '../../foundation/image-archive/file-name.ts';
import type { FoundImage, FoundImages, TopEntry } from '../../foundation/image-archive/found-image.ts';

export type Receiver = {
  product: 'Docker' | 'Podman';
  platform: string;
  /** Names to leave out, in the engine's form. */
  keptBack: ReadonlySet<string>;
};

/** Lists of images that replace a file's own, and what the engine is expected to load from them. */
export type ListsToSend = { files: Buffer[]; keptBack: string[]; expected: ExpectedImage[] };

export type ExpectedImage = {
  /** The ids an engine may give it: the digests of its configuration, manifest and lists. */
  ids: string[];
  /** The digests of its unpacked layers. */
  diffIds: string[];
  /** In that engine's form. */
  names: string[];
};

/**
 * The lists of images sent to an engine at the end of a tarball in place of the file's own. They contain only what the preview
 * shows, in the one form that every engine reads the same way. Docker's own store reads only docker's list and has one image per
 * name: for several platforms, the engine's. Podman reads an OCI layout only if it has a single image.
 */
export function listsToSend({ images, topEntries, format }: FoundImages, receiver: Receiver): ListsToSend {
  const kept = new Set<string>();
  const isGiven = (name: FileName): boolean => {
    const own = nameOn(name, receiver);
    if (receiver.keptBack.has(own)) kept.add(own);
    return !receiver.keptBack.has(own);
  };
  const given = images.map((image) => ({ ...image, names: image.names.filter(isGiven) }));
  const entries = topEntries.map(({ name, ...entry }) => ({ ...entry, ...(name && isGiven(name) && { name }) }));
  const fitting = format === 'docker' ? given : fittingImages(given, receiver.platform);
  const isOci = receiver.product === 'Docker' ? entries.length > 0 : isForPodman(format, entries);
  const isDocker = receiver.product === 'Docker' || !isOci;
  return {
    files: [
      ...fitting.flatMap(({ config }) => (config.isMade ? tarFile(config.name, Buffer.from(config.text)) : [])),
      ...(isDocker ? tarFile('manifest.json', json(fitting.map((image) => dockerEntry(image, receiver)))) : []),
      ...(isOci ? tarFile('index.json', json(ociList(entries, receiver))) : []),
      ...(isOci ? tarFile('oci-layout', json({ imageLayoutVersion: '1.0.0' })) : []),
    ],
    keptBack: [...kept],
    expected: fitting.map((image) => expectedOf(image, receiver)),
  };
}

const json = (value: unknown): Buffer => Buffer.from(JSON.stringify(value));

const nameOn = ({ docker, podman }: FileName, { product }: Receiver): string => (product === 'Docker' ? docker : podman);

/** Images for other platforms are included only if their list has none for the engine's. */
function fittingImages(images: FoundImage[], platform: string): FoundImage[] {
  const served = new Set(images.filter((image) => isFor(image, platform)).flatMap(({ indexes }) => indexes));
  return images.filter((image) => isFor(image, platform) || !image.indexes.some((list) => served.has(list)));
}

// without the variant, which engines do not report for themselves
function isFor({ config }: FoundImage, platform: string): boolean {
  const { os, architecture } = parseConfiguration(Buffer.from(config.text).toString('utf8'));
  return `${os}/${architecture}` === platform;
}

// with a nested list or several images Podman cannot choose; with both kinds of list it may read the other one
const isForPodman = (format: FoundImages['format'], entries: TopEntry[]): boolean =>
  format === 'oci' && entries.length === 1 && entries[0]?.images.length === 1 && entries[0].descriptor.mediaType !== mediaTypes.index;

type DockerEntry = { Config: string; RepoTags: string[] | null; Layers: string[] };

function dockerEntry({ config, layers, names, docker = {} }: FoundImage, receiver: Receiver): DockerEntry {
  const tags = names.map((name) => nameOn(name, receiver));
  return { Config: config.name, RepoTags: tags.length > 0 ? tags : null, Layers: layers.map(({ name }) => name), ...docker };
}

const ociList = (entries: TopEntry[], { product }: Receiver) => ({
  schemaVersion: 2,
  mediaType: mediaTypes.index,
  manifests: entries.map(({ descriptor, name }) => ({
    ...descriptor,
    annotations: withName(descriptor.annotations as Record<string, string> | undefined, name && wholeName(name, product)),
  })),
});

const expectedOf = ({ config, manifest, indexes, layers, names }: FoundImage, receiver: Receiver): ExpectedImage => ({
  ids: [config.digest, ...(manifest ? [manifest.digest] : []), ...indexes],
  diffIds: layers.map(({ diffId }) => diffId),
  names: names.map((name) => nameOn(name, receiver)),
});
