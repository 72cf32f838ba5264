import { on, once } from 'node:events';
import { mkdir, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { TaskResult } from '../../../../contract/task.ts';
import type { Engine } from '../../../foundation/engine/open-engine.ts';
import { FailureError, toFailure } from '../../../foundation/failures/failure.ts';
import { checkTarget } from '../../../foundation/files/check-target.ts';
import type { PartialFiles } from '../../../foundation/files/partial-files.ts';
import type { Written } from '../../../foundation/files/write-steadily.ts';
import { type OpenedImage, openImageArchive } from '../../../foundation/image-archive/open-image-archive.ts';
import { noteFor } from '../../../foundation/image-archive/suitcase-note.ts';
import type { OperationContext } from '../../../foundation/progress/operation-context.ts';
import { type Receipt, whichAreOn } from '../../../foundation/receipts/receipt.ts';
import { startThread } from '../../../foundation/threads/start-thread.ts';
import { type SaveOrder, saveImages } from '../save-images.ts';
import { writeChecksum } from '../write-checksum.ts';
import type { PackingNews, PackingOrder } from './packing-worker.ts';

export type SuitcaseParts = {
  partials: PartialFiles;
  /** A folder for a file that is there only meanwhile. */
  folder: string;
};

/**
 * Saves images without the layers that another computer has, by its receipt. The engine's own file is written first, as only its
 * end tells which layer is whose, and is removed again. Every layer is checked, packed or not.
 */
export async function saveSuitcase(
  engine: Engine,
  { references, target, checksum, receipt }: SaveOrder & { receipt: Receipt },
  { partials, folder }: SuitcaseParts,
  context: OperationContext,
): Promise<TaskResult & { kind: 'save' }> {
  await checkTarget(target);
  if (checksum) await checkTarget(`${target}.sha256`);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const whole = join(folder, `${context.id}.tar`);
  try {
    const save = { references, target: whole, checksum: false };
    await onTheWay(saveImages(engine, save, partials, { ...context, report: firstHalf(context.report) }));
    const { images, source } = await openImageArchive(whole, context.signal);
    const layers = layersIn(images, receipt);
    const leftOut = new Set(layers.filter(({ isThere }) => isThere).map(({ name }) => name));
    for (const { id, size, isThere } of layers) context.log(`${id}: ${isThere ? 'left out' : 'packed'}, ${size} bytes`);
    const note = noteFor(receipt, new Set(layers.flatMap(({ id, isThere }) => (isThere ? [id] : []))));
    const platform = receipt.platform ?? engine.platform;
    const { sha256, bytes } = await partials.write(target, (path) =>
      pack({ tarball: source.tarball, leftOut, note, product: engine.product, platform, path, target, checksum }, context),
    );
    if (sha256) await writeChecksum(partials, target, sha256);
    const suitcase = {
      madeFor: receipt.name,
      packedLayers: layers.length - leftOut.size,
      leftOutLayers: leftOut.size,
      leftOutBytes: layers.reduce((sum, { size, isThere }) => sum + (isThere ? size : 0), 0),
    };
    return { kind: 'save', name: basename(target), path: target, bytes, suitcase, ...(sha256 && { sha256 }) };
  } finally {
    await rm(whole, { force: true });
  }
}

/** Says of a full disk that it is not the one that the person chose. */
export async function onTheWay<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    const failure = toFailure(error);
    if (failure.kind !== 'no-space') throw error;
    throw new FailureError({
      ...failure,
      title: 'There isn’t enough space for the engine’s own file',
      detail: `Layerdeck keeps it in its own folder while it picks out layers. ${failure.detail}`,
      hint: 'Free some space on the disk of your home folder, and try again.',
    });
  }
}

/** Each layer of a file once, and whether the other computer has it wherever it is needed. */
function layersIn(images: OpenedImage[], receipt: Receipt) {
  const stacks = images.map(({ layers }) => ({ names: layers.map(({ name }) => name), diffIds: layers.map(({ diffId }) => diffId) }));
  const isThere = whichAreOn(receipt, stacks);
  const all = new Map(images.flatMap(({ layers }) => layers).map((layer) => [layer.name, layer]));
  return [...all.values()].map(({ name, diffId: id, size }) => ({ name, id, size, isThere: isThere.get(name) ?? false }));
}

async function pack(order: PackingOrder, { signal, report }: OperationContext): Promise<Written> {
  const { size } = order.tarball;
  report({ phase: 'packing', fraction: 0.5 });
  const worker = startThread(new URL('./packing-worker.ts', import.meta.url), order);
  const ended = once(worker, 'exit');
  ended.catch(() => {}); // what it fails with is thrown below
  try {
    for await (const [news] of on(worker, 'message', { close: ['exit'], signal }) as AsyncIterable<[PackingNews]>) {
      if ('failure' in news) throw new FailureError(news.failure);
      if ('written' in news) return news.written;
      report({ phase: 'packing', bytes: { done: news.position, total: size }, fraction: (1 + news.position / Math.max(1, size)) / 2 });
    }
    throw new Error('the file was not packed to its end');
  } finally {
    // it lets go of the files by itself, as what is under way in it must not be torn off
    worker.postMessage('stop');
    await ended.catch(() => {});
  }
}

/** What the engine sends is half of the way. */
const firstHalf =
  (report: OperationContext['report']): OperationContext['report'] =>
  ({ fraction, ...progress }) =>
    report({
      ...progress,
      phase: progress.phase === 'engine-prepares' ? 'engine-prepares' : 'reading',
      ...(fraction !== undefined && { fraction: fraction / 2 }),
    });
