import { type CacheMatrix, forkingRows, haveOtherFiles, isByTwo, type MatrixRow } from '../../../../contract/cache-matrix.ts';
import { count, listed } from '../../../ui/format.ts';
import { placeOfColumn } from './quoted-step.ts';

/** How many layers images or builds have in common, as far as that is known. */
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
    return partsAt === 0 ? `No step is the same: they diverge from the start, ${where}.` : `${sameWords(partsAt)} They diverge ${where}.`;
  }
  return endWords(matrix, endsAt);
}

const never = Number.POSITIVE_INFINITY;

/** Like an image and its base: the longer one has every step of the shorter one. */
export const goingOnWords = (longer: string, shorter: string, steps: number, more: number): string =>
  `${longer} begins with ${steps === 1 ? 'the only step' : `all ${count(steps, 'step')}`} of ${shorter} and goes on with ${more} more, like an image that was built on it.`;

const sameWords = (steps: number): string =>
  steps === 1
    ? 'The first step has the same layer.'
    : `The first ${count(steps, 'step')}, including those of the base image, have the same layers.`;

function doubtWords(matrix: CacheMatrix, from: number): string {
  const { partsAt, endsAt } = matrix;
  const doubt = `From there on, ${placeOfColumn(matrix, from)}, it isn’t known for all of them: the engine doesn’t say which layer a step made.`;
  return [
    ...(from > 0 ? [sameWords(from)] : []),
    from > 0 ? doubt : 'It isn’t known what they have in common: the engine doesn’t say which layer a step made.',
    ...(partsAt === undefined ? [] : [`They diverge ${placeOfColumn(matrix, partsAt)} at the latest.`]),
    ...(endsAt === undefined ? [] : ['They don’t all have the same number of steps.']),
  ].join(' ');
}

function endWords(matrix: CacheMatrix, endsAt: number): string {
  const { rows, partsAt, cacheForksAt = never } = matrix;
  const ended = rows.filter(({ cells }) => cells.length === endsAt);
  const others = rows.filter(({ cells }) => cells.length > endsAt);
  const [shorter, longer] = [ended[0], others[0]];
  if (endsAt === 0) return `The engine doesn’t say which steps made ${listed(ended.map(titleOf))}, so it isn’t known what they share.`;
  const isOneOnOther = rows.length === 2 && cacheForksAt > endsAt;
  if (isOneOnOther && shorter && longer) return goingOnWords(longer.title, shorter.title, endsAt, longer.cells.length - endsAt);
  const there = `There ${listed(ended.map(titleOf))} ${ended.length === 1 ? 'ends' : 'end'}`;
  if (others.length === 1) return `${sameWords(endsAt)} ${there}, and ${longer?.title} goes on.`;
  const rest = partsAt === undefined ? ' and don’t diverge' : ` and diverge ${placeOfColumn(matrix, partsAt)}`;
  return `${sameWords(endsAt)} ${there}. The others go on${rest}.`;
}

const titleOf = ({ title }: MatrixRow): string => title;

/** Why steps can’t serve as a cache for each other, only for those images of which that is known. */
export function forkWords(matrix: CacheMatrix): string | undefined {
  const { cacheForksAt = never, partsAt = never, rows } = matrix;
  const forking = forkingRows(rows, cacheForksAt);
  const at = Math.min(cacheForksAt, partsAt);
  const byTwo = partsAt === at ? [rows] : forking;
  const sentences = [
    ...byTwo.filter((some) => isByTwo(some, at)).map((some) => builderWords(some, at)),
    ...forking.filter((some) => haveOtherFiles(some, cacheForksAt)).map((some) => packingWords(some, matrix)),
  ];
  if (sentences.length > 0) return sentences.join(' ');
  const copied = rows.filter(({ cells }) => cells[partsAt]?.files !== undefined);
  if (!haveOtherFiles(copied, partsAt)) return undefined;
  return `${subjectOf(copied, rows, 'What')} was given to copy ${placeOfColumn({ rows: copied }, partsAt)} isn’t the same to the cache: other files, or the same files with another owner or other modes, as if another program had packed them.`;
}

function builderWords(rows: MatrixRow[], column: number): string {
  const by = (isByBuildKit: boolean) => listed(rows.filter(({ cells }) => cells[column]?.isByBuildKit === isByBuildKit).map(titleOf));
  return `The builders differ ${placeOfColumn({ rows }, column)}: BuildKit made ${by(true)}, and another builder made ${by(false)}. Each has a cache of its own and takes no steps from the other’s.`;
}

/** For rows that have the same layer at the column where the cache forks, made from other files. */
function packingWords(some: MatrixRow[], { rows, cacheForksAt = 0 }: CacheMatrix): string {
  const copied = some.filter(({ cells }) => cells[cacheForksAt]?.files !== undefined);
  const what = /^ADD\b/i.test(copied[0]?.cells[cacheForksAt]?.instruction ?? '') ? 'ADD' : 'COPY';
  const archive = what === 'ADD' ? ', or an archive of the same files with other bytes' : '';
  const others = copied.length === 2 ? 'neither takes steps from the other' : 'none takes steps from one with another digest';
  return `${subjectOf(copied, rows, 'The')} engine’s cache forks ${placeOfColumn({ rows: copied }, cacheForksAt)}, although the layers there are the same: the ${what} was given the same files, but with another owner, another source name or modes written differently, as if another program had packed them${archive}. The classic builder’s cache looks at these, and the image doesn’t keep them. From there on, ${others}.`;
}

/** "Of a:1 and b:1, the", or "The" if it is true of all. */
const subjectOf = (some: MatrixRow[], all: MatrixRow[], word: string): string =>
  some.length === all.length ? word : `Of ${listed(some.map(titleOf))}, ${word.toLowerCase()}`;
