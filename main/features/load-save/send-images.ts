import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Progress, TaskResult } from '../../../contract/task.ts';
import type { LayerTransfer } from '../../../contract/transfer.ts';
import { takesParts } from '../../foundation/engine/engine-info.ts';
import type { Engine } from '../../foundation/engine/open-engine.ts';
import { FailureError, toFailure } from '../../foundation/failures/failure.ts';
import type { PartialFiles } from '../../foundation/files/partial-files.ts';
import { shortDigest } from '../../foundation/formats/digest.ts';
import { type OpenedImage, openImageArchive } from '../../foundation/image-archive/open-image-archive.ts';
import { chainIds } from '../../foundation/layers/chain-ids.ts';
import { whichAreThere } from '../../foundation/layers/which-are-there.ts';
import type { OperationContext } from '../../foundation/progress/operation-context.ts';
import { loadArchive } from './load-archive.ts';
import { saveImages } from './save-images.ts';

/** Where images come from and where they go. `chainsThere` are the chain ids of layers that the other engine has. */
export type Sending = { from: Engine; to: Engine; references: string[]; chainsThere(): Promise<ReadonlySet<string>> };

export type SendParts = {
  partials: PartialFiles;
  /** A folder for a file that is there only on the way. */
  folder: string;
};

/** One layer on its way, by its name in the file. */
type Travelling = { name: string; id: string; offset: number; size: number; isThere: boolean };

/**
 * Moves images from one engine to another, by way of a file that is removed again. Layers that the other engine has are not sent
 * to it, if it takes such files: Docker's own store finds a layer by its chain id and does not look for it in the file. Every layer
 * is checked against its digest on the way, sent or not.
 */
export async function sendImages(
  { from, to, references, chainsThere }: Sending,
  { partials, folder }: SendParts,
  context: OperationContext,
): Promise<TaskResult & { kind: 'send' }> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, `${context.id}.tar`);
  try {
    const save = { references, target: path, checksum: false };
    await onEngine(from, saveImages(from, save, partials, { ...context, report: firstHalf(context.report) }));
    context.report({ phase: 'comparing', fraction: 0.5 });
    const { images } = await openImageArchive(path, context.signal);
    const layers = travelling(images, (await takesParts(to)) ? await chainsThere() : new Set());
    const loaded = await onEngine(to, loadWithout(to, { path, layers }, context));
    const sent = loaded.layers.filter(({ isThere }) => !isThere);
    return {
      kind: 'send',
      loaded: loaded.names,
      sentLayers: sent.length,
      sentBytes: sent.reduce((sum, { size }) => sum + size, 0),
      presentLayers: loaded.layers.length - sent.length,
    };
  } finally {
    await rm(path, { force: true });
  }
}

/** Each layer of a file once. */
function travelling(images: OpenedImage[], there: ReadonlySet<string>): Travelling[] {
  const isThere = whichAreThere(
    images.map(({ layers }) => ({ names: layers.map(({ name }) => name), chains: chainIds(layers.map(({ diffId }) => diffId)) })),
    there,
  );
  const inFile = images.flatMap(({ layers }) => layers).filter(({ isAbsent }) => !isAbsent);
  return [...new Map(inFile.map((layer) => [layer.name, layer])).values()].map(({ name, diffId, offset, size }) => ({
    name,
    id: shortDigest(diffId),
    offset,
    size,
    isThere: isThere.get(name) ?? false,
  }));
}

type File = { path: string; layers: Travelling[] };

/** Loads a file without the layers that are there; if one of them has gone in the meantime, once more with all. */
async function loadWithout(
  to: Engine,
  { path, layers }: File,
  context: OperationContext,
): Promise<{ names: string[]; layers: Travelling[] }> {
  const leftOut = layers.filter(({ isThere }) => isThere).map(({ name }) => name);
  try {
    const { loaded } = await loadArchive(to, { path, leftOut }, { ...context, report: secondHalf(layers, context.report) });
    return { names: loaded, layers };
  } catch (error) {
    if (leftOut.length === 0 || context.signal.aborted || toFailure(error).kind !== 'bad-archive') throw error;
    context.log('The other engine lacks a layer that it had before, so everything is sent.');
    return loadWithout(to, { path, layers: layers.map((layer) => ({ ...layer, isThere: false })) }, context);
  }
}

/** Adds to a failure which of the two engines it is about. */
async function onEngine<T>({ candidate }: Engine, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    const failure = toFailure(error);
    throw new FailureError({ ...failure, detail: `On ${candidate.label}: ${failure.detail}` });
  }
}

type Report = OperationContext['report'];

/** Reading is the first half of the way. */
const firstHalf =
  (report: Report): Report =>
  ({ fraction, ...progress }) =>
    report({ ...progress, ...(fraction !== undefined && { fraction: fraction / 2 }) });

const secondHalf =
  (layers: Travelling[], report: Report): Report =>
  (progress) =>
    report({
      ...progress,
      fraction: (1 + (progress.fraction ?? 0.5)) / 2,
      layers: layers.map((layer) => stateOf(layer, progress)),
    });

/** How far a layer is, by the place in the file that has been read; it is read in order. */
function stateOf({ id, offset, size, isThere }: Travelling, { phase, bytes }: Progress): LayerTransfer {
  if (isThere) return { id, state: 'there-already', bytes: { done: size, total: size } };
  const done = phase === 'unpacking' ? size : Math.max(0, Math.min(size, (bytes?.done ?? 0) - offset));
  const state = done === size ? (phase === 'unpacking' ? 'unpacking' : 'done') : done > 0 ? 'uploading' : 'waiting';
  return { id, state, bytes: { done, total: size } };
}
