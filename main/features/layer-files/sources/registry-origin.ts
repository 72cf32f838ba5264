import { FailureError } from '../../../foundation/failures/failure.ts';
import type { Descriptor } from '../../../foundation/formats/manifest.ts';
import { type Access, withRepository } from '../../../foundation/registries/open-repository.ts';
import { choosePlatform, listPlatforms, type RemoteImage, readRemoteImage } from '../../../foundation/registries/remote-image.ts';
import type { Repository } from '../../../foundation/registries/repository.ts';
import { digestOfStargz, footerSize, keyOfList, stargzListOf, type ToldList, toldListOf } from '../lists/told-list.ts';
import type { ReadingTask } from '../reading/reading-order.ts';
import { type FilesOrigin, layersOfTask, type OriginReading, onlyOf } from './files-origin.ts';
import { RemoteLayer } from './remote-layer.ts';

export type RegistryChoice = {
  reference: string;
  platform?: string | undefined;
  /** What to take of several if none is chosen. */
  preferred: string;
};

/** An image in a registry, of which only the layers that are asked for are downloaded. It stays the one that the name meant at first. */
export async function registryOrigin(choice: RegistryChoice, access: Access, signal?: AbortSignal): Promise<FilesOrigin> {
  const { reference } = choice;
  const { image, lists } = await withRepository(
    reference,
    access,
    async (repository, version) => {
      const chosen = await chooseImage(repository, version, choice, signal);
      return { image: chosen, lists: await Promise.all(chosen.layers.map((layer) => findList(repository, layer, signal))) };
    },
    signal,
  );
  const { layers, diffIds, instructions, facts, config, digest } = image;
  if (layers.length !== diffIds.length) throw unclear(reference);
  return {
    name: reference,
    layers: diffIds.map((diffId, place) => {
      const instruction = instructions.length === diffIds.length ? instructions[place] : undefined;
      return { diffId, size: layers[place]?.size ?? 0, ...(instruction && { instruction }) };
    }),
    facts: {
      ...facts,
      ids: [config.digest, digest],
      sizes: { packed: layers.reduce((sum, { size }) => sum + size, 0) },
    },
    lists: lists.map((list) => list && keyOfList(list)),
    toRead: (missing, listed) => {
      const sizeOf = (place: number) => (listed?.has(place) ? lists[place]?.packed : layers[place]?.size) ?? 0;
      return { bytes: missing.reduce((sum, place) => sum + sizeOf(place), 0), isDownload: true };
    },
    read: (task, reading, stop) =>
      withRepository(reference, access, (repository) => readLayers(repository, { ...image, lists }, task, reading, stop), stop),
  };
}

async function chooseImage(
  repository: Repository,
  version: string,
  { reference, platform, preferred }: RegistryChoice,
  signal?: AbortSignal,
) {
  const found = await repository.manifest(version, signal);
  if (found.manifest.kind === 'image') return readRemoteImage(repository, found.digest, signal);
  const platforms = await listPlatforms(repository, found, false, signal);
  const chosen = choosePlatform(platforms, platform, preferred) ?? (platform === undefined ? platforms[0] : undefined);
  if (!chosen) throw notThere(reference, platform ?? preferred);
  return readRemoteImage(repository, chosen.digest, signal);
}

async function readLayers(
  repository: Repository,
  { layers, diffIds, lists }: RemoteImage & { lists: (ToldList | undefined)[] },
  task: ReadingTask,
  { onRead, ...reading }: OriginReading,
  signal: AbortSignal,
): Promise<void> {
  let before = 0;
  for (const key of new Set(layersOfTask(task))) {
    const list = lists.find((one) => one && keyOfList(one) === key);
    const layer = layers[list ? lists.indexOf(list) : diffIds.indexOf(key)];
    if (!layer) continue;
    const blob = new RemoteLayer(repository, layer, { key, list }, signal);
    try {
      before += await blob.read(onlyOf(task, key), { ...reading, onRead: (bytes) => onRead(before + bytes) });
    } finally {
      blob.close();
    }
  }
}

/** The list of its files that a layer brings along, if the registry lets it be read alone. */
async function findList(repository: Repository, layer: Descriptor, signal?: AbortSignal): Promise<ToldList | undefined> {
  const digest = digestOfStargz(layer);
  if (digest === undefined || layer.size <= footerSize) return toldListOf(layer);
  const end = new RemoteLayer(repository, layer, { key: layer.digest }, signal ?? new AbortController().signal);
  try {
    return stargzListOf(layer, digest, await end.bytes(layer.size - footerSize, footerSize));
  } finally {
    end.close();
  }
}

const unclear = (reference: string): FailureError =>
  new FailureError({
    kind: 'bad-archive',
    title: 'The image contradicts itself',
    detail: `${reference} doesn’t have as many layers as its configuration says.`,
    hint: 'Ask who made it.',
  });

const notThere = (reference: string, platform: string): FailureError =>
  new FailureError({
    kind: 'not-found',
    title: `${reference} isn’t available for ${platform}`,
    detail: 'The registry has it for other platforms only.',
    hint: 'Choose another platform, or another tag.',
  });
