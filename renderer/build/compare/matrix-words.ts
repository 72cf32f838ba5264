import { type CacheMatrix, forkingRows, haveOtherFiles, isByTwo, type MatrixRow } from '../../../contract/cache-matrix.ts';
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

/** Why steps are no cache of each other, of those images alone of which it is so, as far as the images tell it. */
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
  return `${subjectOf(copied, rows, 'What')} was given ${placeOfColumn({ rows: copied }, partsAt)} to be copied is not the same for the cache: other files, or the same ones with another owner or other modes, as when another program packed them.`;
}

function builderWords(rows: MatrixRow[], column: number): string {
  const by = (isByBuildKit: boolean) => listed(rows.filter(({ cells }) => cells[column]?.isByBuildKit === isByBuildKit).map(titleOf));
  return `The builders are not the same ${placeOfColumn({ rows }, column)}: BuildKit made ${by(true)}, and another builder ${by(false)}. Each has a cache of its own and takes no step from the other’s.`;
}

/** Of rows that have the same layer at the column where the cache forks, from other files. */
function packingWords(some: MatrixRow[], { rows, cacheForksAt = 0 }: CacheMatrix): string {
  const copied = some.filter(({ cells }) => cells[cacheForksAt]?.files !== undefined);
  const what = /^ADD\b/i.test(copied[0]?.cells[cacheForksAt]?.instruction ?? '') ? 'ADD' : 'COPY';
  const archive = what === 'ADD' ? ', or an archive of the same files that has other bytes' : '';
  const others = copied.length === 2 ? 'neither takes steps from the other' : 'none takes steps from one with another digest';
  return `${subjectOf(copied, rows, 'The')} engine’s cache forks ${placeOfColumn({ rows: copied }, cacheForksAt)}, although the layers are the same there: the ${what} was given the same files, but with another owner, another source name or modes written otherwise, as when another program packed them${archive}. The cache of the classic builder looks at these, and the image does not keep them. From there on, ${others}.`;
}

/** "Of a:1 and b:1, the"; where it is true of all, "The". */
const subjectOf = (some: MatrixRow[], all: MatrixRow[], word: string): string =>
  some.length === all.length ? word : `Of ${listed(some.map(titleOf))}, ${word.toLowerCase()}`;
