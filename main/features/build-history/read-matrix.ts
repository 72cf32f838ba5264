import type { BuiltLayer } from '../../../contract/build-record.ts';
import type { CacheMatrix, MatrixCell } from '../../../contract/cache-matrix.ts';
import type { Engine } from '../../foundation/engine/open-engine.ts';
import { FailureError } from '../../foundation/failures/failure.ts';
import type { BuildHistory } from './build-history.ts';
import { type MatrixInput, makeCacheMatrix } from './cache-matrix.ts';
import { whyDifferent } from './explain-build.ts';
import type { KeptBuild } from './kept-build.ts';

export type MatrixOptions = {
  history: BuildHistory;
  /** The connected engine, if any. */
  engine: Engine | undefined;
  builds: string[];
  images: string[];
  /** The title and layers of an image on the engine. */
  readImage(id: string): Promise<{ title: string; layers: BuiltLayer[] }>;
};

/** The matrix of builds and images, with the reason for a difference if two builds of the same folder show it. */
export async function readMatrix(options: MatrixOptions): Promise<CacheMatrix> {
  const { history, builds, images, readImage } = options;
  const kept = await Promise.all(builds.map((id) => history.read(id)));
  const rows: MatrixInput[] = [
    ...kept.flatMap(rowOfBuild),
    ...(await Promise.all(images.map(async (id) => ({ id, image: id, ...(await readImage(id)) })))),
  ];
  if (rows.length < 2) throw tooFew;
  const matrix = makeCacheMatrix(rows);
  const why = await whyOf(matrix, options);
  return { ...matrix, ...(why && { why }) };
}

const rowOfBuild = ({ task, layers }: KeptBuild): MatrixInput[] =>
  layers && task.result?.kind === 'build'
    ? [{ id: task.id, title: titleOf(task.createdAt, task.title), image: task.result.imageId, layers }]
    : [];

const titleOf = (at: number, title: string): string =>
  // local time, as everywhere in the window; with seconds, as two builds may be of the same minute
  `${title.replace(/^Build /, '')} · ${new Date(at).toLocaleString('sv-SE')}`;

async function whyOf({ rows, partsAt, endsAt }: CacheMatrix, { history, engine, builds }: MatrixOptions): Promise<CacheMatrix['why']> {
  const column = Math.min(partsAt ?? Number.POSITIVE_INFINITY, endsAt ?? Number.POSITIVE_INFINITY);
  const first = rows[0];
  const other = rows.find(({ cells }) => certainlyDiffer(first?.cells[column], cells[column]));
  if (!first || !other || !builds.includes(first.id) || !builds.includes(other.id)) return undefined;
  const why = await whyDifferent(history, engine, [first.id, other.id]);
  if (!why) return undefined;
  const [before, after] = why.builds[0] === first.id ? [first, other] : [other, first];
  return { titles: [before.title, after.title], steps: why.steps };
}

// a row that has ended differs from one that has not; nothing is said if a layer is unknown
const certainlyDiffer = (one: MatrixCell | undefined, other: MatrixCell | undefined): boolean =>
  one && other ? one.group !== undefined && other.group !== undefined && one.group !== other.group : one !== other;

const tooFew = new FailureError({
  kind: 'invalid-input',
  title: 'There aren’t two images to compare',
  detail: 'A build that failed or was stopped made no image, and the layers of very old builds aren’t known.',
  hint: 'Choose at least two builds that succeeded, or two images.',
});
