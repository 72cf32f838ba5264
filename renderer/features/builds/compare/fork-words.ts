import type { Fork, LayerAspect, LayerDifference, RowFork } from '../../../../contract/cache-fork.ts';
import { withoutDigest } from '../../../../contract/instruction.ts';
import { count } from '../../../ui/format.ts';
import { goingOnWords } from './matrix-words.ts';
import { packingWords } from './packing-words.ts';
import { quotedStep } from './quoted-step.ts';

/** What is said about one image: first in a sentence, then in detail. */
export type ForkAccount = { lead: string; details: string[] };

/** Where the cache of an image diverges from the first one's, and why; only what is certain. `isCauseTold`: the records know the cause. */
export function accountOf(row: RowFork, isCauseTold = false): ForkAccount {
  const first = row.firstTitle;
  if (row.kind === 'none') return { lead: sameWords(row.steps, row.title, first), details: [] };
  if (row.kind === 'unknown') {
    const from = quotedStep(row.instruction);
    return {
      lead: `From ${from} on, it isn’t known whether the caches diverge: the engine doesn’t say which layer a step made.`,
      details: [],
    };
  }
  return { lead: leadOf(row, { at: quotedStep(row.instructions[1]), first, isCauseTold }), details: detailsOf(row, first) };
}

function sameWords([ofFirst, ofOwn]: [number, number], title: string, first: string): string {
  if (ofFirst === ofOwn) return `It has the same layers as ${first}; nothing differs.`;
  return ofOwn > ofFirst ? goingOnWords(title, first, ofFirst, ofOwn - ofFirst) : goingOnWords(first, title, ofOwn, ofFirst - ofOwn);
}

type LeadContext = { at: string; first: string; isCauseTold: boolean };

function leadOf(fork: Fork, { at, first, isCauseTold }: LeadContext): string {
  const [one, own] = fork.instructions;
  const unknown = (words: string) => (isCauseTold ? '' : ` ${words}`);
  if (isOfTwoBuilders(fork)) {
    const [byFirst] = fork.isByBuildKit ?? [];
    const [who, whoNot] = byFirst ? [first, 'this image'] : ['this image', first];
    return `From ${at} on, BuildKit built ${who}, and another builder built ${whoNot} (with Docker, the classic one). Each has a cache of its own and takes no steps from the other.`;
  }
  if (!isCopy(one) || !isCopy(own) || withoutDigest(one) !== withoutDigest(own)) {
    return withoutDigest(one) === withoutDigest(own)
      ? `The caches diverge at ${at}, which was run for each of the two.${unknown('The layers don’t say why it wasn’t taken from the cache.')}`
      : `The caches diverge because the instructions differ: ${quotedStep(one, whole)} in ${first}, ${quotedStep(own, whole)} here.`;
  }
  if (fork.digests === 'same') {
    return `The caches diverge at ${at}, although it was given the same content to copy.${unknown(notUsable)}`;
  }
  if (countingDifferences(fork).length > 0) return `The caches diverge at ${at}: it was given other files to copy.`;
  if (fork.digests === undefined) {
    return fork.layers.kind === 'same' || fork.layers.kind === 'different'
      ? `The caches diverge at ${at}, although the copied files differ in nothing that a cache looks at.${unknown(notUsable)}`
      : `The caches diverge at ${at}.`;
  }
  const isProved = fork.packed?.every((packed) => packed !== undefined);
  // what ADD was given may be an archive, about which the files alone say nothing
  if (!isProved && /^ADD\b/i.test(own)) return `The caches diverge at ${at}: to a cache, what it was given isn’t the same.`;
  return fork.layers.kind === 'same' || fork.layers.kind === 'different'
    ? `The caches diverge at ${at}: it was given the same files, but packed in another way.`
    : `The caches diverge at ${at}: to a cache, what it was given to copy isn’t the same.`;
}

const notUsable = 'The cached step couldn’t be used: it was gone, wasn’t to be used, or the two were built on different engines.';

function detailsOf(fork: Fork, first: string): string[] {
  if (fork.layers.kind === 'gone') return ['The engine no longer has one of the two images, so Layerdeck can’t look into its layer.'];
  if (fork.layers.kind === 'too-many-files') return ['The layers hold too many files to compare them one by one.'];
  const isPackingAsked = fork.digests === 'different' && !isOfTwoBuilders(fork);
  return [
    ...countingDifferences(fork).map((difference) => differenceWords(difference, first)),
    ...(isPackingAsked ? packingWords(fork, first, countingDifferences(fork).length > 0) : []),
    ...otherLayerWords(fork),
  ];
}

// the difference may be at the end of a long line
const whole = Number.POSITIVE_INFINITY;

const isOfTwoBuilders = ({ isByBuildKit }: Fork): boolean => isByBuildKit !== undefined && isByBuildKit[0] !== isByBuildKit[1];
const isCopy = (instruction: string): boolean => /^(?:COPY|ADD)\b/i.test(instruction);

/** What differs, apart from the time, which no builder's cache looks at. */
const countingDifferences = ({ layers }: Fork): LayerDifference[] =>
  layers.kind === 'different' ? layers.differences.filter(({ aspect }) => aspect !== 'time') : [];

function otherLayerWords({ layers }: Fork): string[] {
  if (layers.kind === 'same') return ['Both layers hold the same, down to the last byte.'];
  if (layers.kind !== 'different') return [];
  const time = layers.differences.find(({ aspect }) => aspect === 'time');
  const isRest = time !== undefined && layers.differences.length > 1;
  if (!time) return layers.differences.length > 0 ? [] : ['Both layers hold the same files, but in another order or form.'];
  const words = `the date of ${things(time)} differs (${named(time)}). No builder’s cache looks at dates.`;
  return [isRest ? `Also, ${words}` : `The layers hold the same files; only ${words}`];
}

const wordings: Record<LayerAspect, (what: string, first: string) => string> = {
  'only-first': (what, first) => `Only in ${first}: ${what}`,
  'only-own': (what) => `Only here: ${what}`,
  kind: (what) => `Of another kind, such as a folder in place of a file: ${what}`,
  content: (what) => `Other content: ${what}`,
  link: (what) => `Links to another place: ${what}`,
  mode: (what) => `Other permissions: ${what}`,
  owner: (what) => `Another owner: ${what}`,
  attributes: (what) => `Other extended attributes, such as capabilities: ${what}`,
  time: (what) => `Another date: ${what}`,
};

function differenceWords(difference: LayerDifference, first: string): string {
  const { aspect, change } = difference;
  const changed = change ? ` (${change[0]} in ${first}, ${change[1]} here)` : '';
  return `${wordings[aspect](`${things(difference)}`, first)}${changed}: ${named(difference)}.`;
}

// only files have content and links; any other difference may be in files and in folders
const things = ({ aspect, count: number, isOfFolders }: LayerDifference): string => {
  if (isOfFolders) return count(number, 'folder');
  return aspect === 'content' || aspect === 'link' ? count(number, 'file') : count(number, 'file', 'files and folders');
};

function named({ count: number, examples }: LayerDifference): string {
  const rest = number - examples.length;
  return `${examples.join(', ')}${rest > 0 ? ` and ${count(rest, 'other')}` : ''}`;
}
