import type { CacheMatrix, MatrixRow } from '../../../contract/cache-matrix.ts';
import { count, listed } from '../../ui/format.ts';
import { placeOfColumn } from './quoted-step.ts';

/** How far images or builds have the same layers, as far as it is known. */
export function agreementWords(matrix: CacheMatrix): string {
  const { rows, partsAt = never, endsAt = never, unknownFrom = never } = matrix;
  const [first] = rows;
  const all = rows.length === 2 ? 'Both' : 'All of them';
  if (first?.image !== undefined && rows.every(({ image }) => image === first.image)) return `${all} are the same image.`;
  const known = Math.min(partsAt, endsAt, unknownFrom);
  if (known === never) return `${all} have the same layers.`;
  if (unknownFrom < Math.min(partsAt, endsAt)) return doubtWords(matrix, unknownFrom);
  if (partsAt < endsAt) {
    const where = placeOfColumn(matrix, partsAt);
    return partsAt === 0 ? `No step is the same: they part at once, ${where}.` : `${sameWords(partsAt)} They part ${where}.`;
  }
  return endWords(matrix, endsAt);
}

const never = Number.POSITIVE_INFINITY;

/** As an image and its base: nothing of the shorter one is another thing in the longer one. */
export const goingOnWords = (longer: string, shorter: string, steps: number, more: number): string =>
  `${longer} begins with ${steps === 1 ? 'the only step' : `all ${count(steps, 'step')}`} of ${shorter} and goes on with ${more} more, as an image does that was built on it.`;

const sameWords = (steps: number): string =>
  steps === 1
    ? 'The first step has the same layer.'
    : `The first ${count(steps, 'step')}, with those of the base image, have the same layers.`;

function doubtWords(matrix: CacheMatrix, from: number): string {
  const { partsAt, endsAt } = matrix;
  const doubt = `From there on, ${placeOfColumn(matrix, from)}, it is not known for all: the engine does not say which layer a step made.`;
  return [
    ...(from > 0 ? [sameWords(from)] : []),
    from > 0 ? doubt : 'It is not known what they have in common: the engine does not say which layer a step made.',
    ...(partsAt === undefined ? [] : [`They part ${placeOfColumn(matrix, partsAt)} at the latest.`]),
    ...(endsAt === undefined ? [] : ['They have not all the same number of steps.']),
  ].join(' ');
}

function endWords(matrix: CacheMatrix, endsAt: number): string {
  const { rows, partsAt, cacheForksAt = never } = matrix;
  const ended = rows.filter(({ cells }) => cells.length === endsAt);
  const others = rows.filter(({ cells }) => cells.length > endsAt);
  const [shorter, longer] = [ended[0], others[0]];
  if (endsAt === 0) return `Of ${listed(ended.map(titleOf))} the engine tells no steps, so nothing is known of what they share.`;
  const isOneOnOther = rows.length === 2 && cacheForksAt > endsAt;
  if (isOneOnOther && shorter && longer) return goingOnWords(longer.title, shorter.title, endsAt, longer.cells.length - endsAt);
  const there = `There ${listed(ended.map(titleOf))} ${ended.length === 1 ? 'ends' : 'end'}`;
  if (others.length === 1) return `${sameWords(endsAt)} ${there}, and ${longer?.title} goes on.`;
  const rest = partsAt === undefined ? ', and none of them parts from another' : ` and part ${placeOfColumn(matrix, partsAt)}`;
  return `${sameWords(endsAt)} ${there}. The others go on${rest}.`;
}

const titleOf = ({ title }: MatrixRow): string => title;

/** Why the cache of the classic builder takes steps that copy files for different ones, as far as the images tell it. */
export function forkWords(matrix: CacheMatrix): string | undefined {
  const { cacheForksAt, partsAt, rows } = matrix;
  const cellsAt = (column: number) => rows.flatMap(({ cells }) => cells[column] ?? []);
  const isByTwo = (column: number) => new Set(cellsAt(column).flatMap(({ isByBuildKit }) => isByBuildKit ?? [])).size > 1;
  const forksAt = Math.min(cacheForksAt ?? never, partsAt ?? never);
  if (isByTwo(forksAt)) {
    return `The builders are not the same ${placeOfColumn(matrix, forksAt)}: BuildKit made some of the images, and another builder the others. Each has a cache of its own and takes no step from the other’s.`;
  }
  if (cacheForksAt !== undefined) {
    const what = /^ADD\b/i.test(cellsAt(cacheForksAt)[0]?.instruction ?? '') ? 'ADD' : 'COPY';
    return `The engine’s cache forks ${placeOfColumn(matrix, cacheForksAt)}, although the layers are the same there: the ${what} was given the same files, but with another owner, another source name or modes written otherwise, as when another program packed them${what === 'ADD' ? ', or an archive of the same files that has other bytes' : ''}. The cache of the classic builder looks at these, and the image does not keep them. From there on, no build takes steps from the others.`;
  }
  const files = new Set(partsAt === undefined ? [] : cellsAt(partsAt).flatMap((cell) => cell.files ?? []));
  if (partsAt === undefined || files.size < 2) return undefined;
  return `What was given ${placeOfColumn(matrix, partsAt)} to be copied is not the same for the cache: other files, or the same ones with another owner or other modes, as when another program packed them.`;
}
