import type { Fork, ForkEvent, LayerComparison, NoFork, RowFork } from '../../../../contract/cache-fork.ts';
import type { MatrixCell, MatrixRow } from '../../../../contract/cache-matrix.ts';
import { findImage } from '../../../foundation/engine/find-image.ts';
import type { Engine } from '../../../foundation/engine/open-engine.ts';
import { compareLayers } from './compare-layers.ts';
import { type FoundFork, findFork } from './find-fork.ts';
import type { Layer } from './layer-listing.ts';
import { provePacking } from './prove-packing.ts';
import { readLayers } from './read-layer-files.ts';

export type ForkOrder = {
  rows: readonly MatrixRow[];
  /** Instructions as people wrote them, as far as they are known for these images. */
  written: readonly string[];
};

type Pair = { step: number; first: MatrixCell; own: MatrixCell };

/** Says where each image's cache departs from that of an image before it, and why, by reading the layers themselves. */
export async function* describeForks(engine: Engine, order: ForkOrder, signal?: AbortSignal): AsyncGenerator<ForkEvent> {
  const found = order.rows.slice(1).map((row, at) => ({ row, ...nearestRow(order.rows.slice(0, at + 1), row) }));
  const pairs = found.flatMap(({ first, row, fork }) => (fork.kind === 'fork' ? [pairAt(first, row, fork.step)] : []));
  const source = await sourceOf(engine, order, new Set(pairs.flatMap(layersToRead)));
  const layers = yield* reading(engine, source, signal);
  const rows: RowFork[] = [];
  for (const { row, first, fork } of found) {
    const titles = { id: row.id, title: row.title, firstTitle: first.title };
    if (fork.kind === 'fork') rows.push({ ...titles, ...(await explainFork(pairAt(first, row, fork.step), layers, order, signal)) });
    else rows.push({ ...titles, ...noFork(first, row, fork) });
  }
  yield { kind: 'told', rows };
}

/** Of the rows before another, the one that shares the most steps with it. */
function nearestRow(before: readonly MatrixRow[], row: MatrixRow): { first: MatrixRow; fork: FoundFork } {
  const [best] = before
    .map((first) => ({ first, fork: findFork(first, row) }))
    .sort((one, other) => commonSteps(other, row) - commonSteps(one, row));
  if (!best) throw new Error('no row comes before this one');
  return best;
}

const commonSteps = ({ first, fork }: { first: MatrixRow; fork: FoundFork }, row: MatrixRow): number =>
  fork.kind === 'none' ? Math.min(first.cells.length, row.cells.length) : fork.step;

const noFork = (first: MatrixRow, own: MatrixRow, fork: Exclude<FoundFork, { kind: 'fork' }>): NoFork =>
  fork.kind === 'none'
    ? { kind: 'none', steps: [first.cells.length, own.cells.length] }
    : { kind: 'unknown', instruction: own.cells[fork.step]?.instruction ?? '' };

function pairAt(one: MatrixRow, other: MatrixRow, step: number): Pair {
  const [first, own] = [one.cells[step], other.cells[step]];
  if (!first || !own) throw new Error('a fork after the end of one of the two');
  return { step, first, own };
}

/** Layers that have to be read: equal ones only if the digests of the copied files differ. */
function layersToRead({ first, own }: Pair): string[] {
  if (!first.layer || !own.layer) return [];
  return first.layer !== own.layer || digestsOf({ first, own }) === 'different' ? [first.layer, own.layer] : [];
}

const digestsOf = ({ first, own }: Pick<Pair, 'first' | 'own'>): Fork['digests'] =>
  first.files && own.files ? (first.files === own.files ? 'same' : 'different') : undefined;

type Source = { images: string[]; wanted: Set<string>; total: number };

/** The images to read: as few as hold the wanted layers, among those the engine still has. */
async function sourceOf(engine: Engine, { rows }: ForkOrder, layers: ReadonlySet<string>): Promise<Source> {
  const source: Source = { images: [], wanted: new Set(), total: 0 };
  for (const { image, cells } of rows) {
    const held = cells.flatMap(({ layer }) => (layer && layers.has(layer) && !source.wanted.has(layer) ? [layer] : []));
    const facts = image && held.length > 0 ? await findImage(engine, image) : undefined;
    if (!image || !facts) continue;
    source.images.push(image);
    source.total += facts.Size;
    for (const layer of held) source.wanted.add(layer);
  }
  return source;
}

async function* reading(
  engine: Engine,
  { images, wanted, total }: Source,
  signal: AbortSignal | undefined,
): AsyncGenerator<ForkEvent, Map<string, Layer>> {
  if (images.length === 0) return new Map();
  const left = new AbortController();
  let done = 0;
  let isOver = false;
  const onRead = (bytes: number) => {
    done = bytes;
  };
  const read = readLayers(engine, {
    images,
    wanted,
    signal: signal ? AbortSignal.any([signal, left.signal]) : left.signal,
    onRead,
  }).finally(() => {
    isOver = true;
  });
  // awaited below
  read.catch(() => {});
  try {
    while (!isOver) {
      yield { kind: 'reading', done, total: Math.max(total, done) };
      await Promise.race([read.catch(() => {}), later(reportEvery)]);
    }
    return await read;
  } finally {
    // a consumer that stops listening also ends the reading
    left.abort();
  }
}

/** Milliseconds between two reports of progress. */
const reportEvery = 100;

const later = (milliseconds: number): Promise<void> => new Promise((resolve) => void setTimeout(resolve, milliseconds));

async function explainFork(pair: Pair, layers: ReadonlyMap<string, Layer>, { written }: ForkOrder, signal?: AbortSignal): Promise<Fork> {
  const { step, first, own } = pair;
  const digests = digestsOf(pair);
  const prove = (cell: MatrixCell) => {
    const layer = cell.layer === undefined ? undefined : layers.get(cell.layer);
    return layer ? provePacking({ instruction: cell.instruction, layer, written, ...(signal && { signal }) }) : undefined;
  };
  return {
    kind: 'fork',
    step,
    instructions: [first.instruction, own.instruction],
    ...(first.isByBuildKit !== undefined && own.isByBuildKit !== undefined && { isByBuildKit: [first.isByBuildKit, own.isByBuildKit] }),
    ...(digests && { digests }),
    layers: compare(pair, layers),
    ...(digests === 'different' && { packed: [await prove(first), await prove(own)] }),
  };
}

function compare({ first, own }: Pair, layers: ReadonlyMap<string, Layer>): LayerComparison {
  if (!first.layer || !own.layer) return { kind: 'no-layer' };
  if (first.layer === own.layer) return { kind: 'same' };
  const [one, other] = [layers.get(first.layer), layers.get(own.layer)];
  return one && other ? compareLayers(one, other) : { kind: 'gone' };
}
