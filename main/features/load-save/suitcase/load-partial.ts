import { mkdir, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { TaskResult } from '../../../../contract/task.ts';
import { takesParts } from '../../../foundation/engine/engine-info.ts';
import type { Engine } from '../../../foundation/engine/open-engine.ts';
import { FailureError } from '../../../foundation/failures/failure.ts';
import { isForeign } from '../../../foundation/image-archive/describe-image.ts';
import { type OpenedImageArchive, openImageArchive } from '../../../foundation/image-archive/open-image-archive.ts';
import type { OperationContext } from '../../../foundation/progress/operation-context.ts';
import { type LoadOrder, loadArchive } from '../load-archive.ts';
import { saveImages } from '../save-images.ts';
import type { AddedLayer } from './added-layers.ts';
import { absentChains, notComplete } from './find-lacking.ts';
import { onTheWay, type SuitcaseParts } from './save-suitcase.ts';

/** What is on the engine: for each of its images, by id, the chain ids of its layers. */
export type StacksHere = ReadonlyMap<string, readonly string[]>;

/**
 * Loads an archive whose missing layers are on the engine. Docker's own store finds them by itself; for other engines they are
 * taken from what the engine itself saves, and checked. Refuses an archive of which a layer is neither in it nor on the engine.
 */
export async function loadPartial(
  engine: Engine,
  order: LoadOrder & { stacksHere(): Promise<StacksHere> },
  { partials, folder }: SuitcaseParts,
  context: OperationContext,
): Promise<TaskResult & { kind: 'load' }> {
  context.report({ phase: 'comparing' });
  const archive = await openImageArchive(order.path, context.signal);
  const stacks = await order.stacksHere();
  const wanted = new Set(archive.images.flatMap(({ layers }) => absentChains(layers)));
  const there = new Set([...stacks.values()].flat());
  const lacking = [...wanted].filter((chain) => !there.has(chain)).length;
  if (lacking > 0) throw notComplete(basename(order.path), archive.preview.suitcase, lacking);
  if (wanted.size === 0 || (await takesParts(engine))) {
    return { ...(await loadArchive(engine, order, context)), hereBefore: { layers: wanted.size, added: 0 } };
  }
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, `${context.id}.tar`);
  try {
    const references = imagesWith(wanted, stacks);
    context.log(`Taking ${wanted.size} layers from the engine's own images ${references.join(', ')}`);
    const save = { references, target: path, checksum: false };
    await onTheWay(saveImages(engine, save, partials, { ...context, report: firstHalf(context.report) }));
    const added = addedLayers(archive, await openImageArchive(path, context.signal));
    const loaded = await loadArchive(engine, { ...order, added }, { ...context, report: secondHalf(context.report) });
    return { ...loaded, hereBefore: { layers: wanted.size, added: added.length } };
  } finally {
    await rm(path, { force: true });
  }
}

/** Few images that have these layers together: always the one that has most of what is left. */
function imagesWith(wanted: ReadonlySet<string>, stacks: StacksHere): string[] {
  const left = new Set(wanted);
  const chosen: string[] = [];
  while (left.size > 0) {
    let best: { id: string; found: string[] } | undefined;
    for (const [id, chains] of stacks) {
      const found = chains.filter((chain) => left.has(chain));
      if (found.length > (best?.found.length ?? 0)) best = { id, found };
    }
    if (!best) return chosen;
    chosen.push(best.id);
    for (const chain of best.found) left.delete(chain);
  }
  return chosen;
}

/** Where in the engine's own file the layers are that the archive leaves out; the bytes of a layer are the same wherever it is. */
function addedLayers({ images }: OpenedImageArchive, own: OpenedImageArchive): AddedLayer[] {
  const inOwn = new Map(own.images.flatMap(({ layers }) => layers.map((layer) => [layer.diffId, layer] as const)));
  const wanted = images.flatMap(({ layers }) => layers.filter(({ isAbsent, mediaType }) => isAbsent && !isForeign(mediaType)));
  return [...new Map(wanted.map((layer) => [layer.name, layer])).values()].map(({ name, diffId }) => {
    const found = inOwn.get(diffId);
    if (!found || found.isAbsent) throw new FailureError(goneMeanwhile);
    return { name, diffId, source: own.source, offset: found.offset, size: found.size };
  });
}

const goneMeanwhile = {
  kind: 'not-found' as const,
  title: 'The engine has lost a layer meanwhile',
  detail: 'The file leaves it out, as the engine had it a moment ago. Nothing was loaded.',
  hint: 'Open the file again: it says what is missing now.',
};

type Report = OperationContext['report'];

/** Reading the engine's own layers is the first half of the way. */
const firstHalf =
  (report: Report): Report =>
  ({ fraction, bytes }) =>
    report({ phase: 'reading', ...(bytes && { bytes }), ...(fraction !== undefined && { fraction: fraction / 2 }) });

const secondHalf =
  (report: Report): Report =>
  ({ fraction, ...progress }) =>
    report({ ...progress, ...(fraction !== undefined && { fraction: (1 + fraction) / 2 }) });
