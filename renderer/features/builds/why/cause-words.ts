import type { FileChange, FileDifference, StepCause } from '../../../../contract/explanation.ts';
import { clockTime, count, listed, shortId } from '../../../ui/format.ts';

/** One sentence for a cause: what changed since the last build. */
export function causeSentence(cause: StepCause, now: number): string {
  switch (cause.kind) {
    case 'instruction-changed':
      return cause.before === ''
        ? 'A line above it is new:'
        : cause.after === ''
          ? 'A line above it is gone:'
          : `${cause.isAbove ? 'A line above it' : 'Its line'} in the Dockerfile changed:`;
    case 'instruction-new':
      return 'This step is new at this place in the Dockerfile.';
    case 'instruction-removed':
      return 'A step that came before it no longer does:';
    case 'base-moved':
      return `${cause.reference} is another image now:`;
    case 'other-stage':
      return `Its line is the same, but “${cause.from}” now means another stage or image.`;
    case 'arg-changed':
      return argWords(cause);
    case 'files-changed':
      return `${cause.isAbove ? 'A step above it' : 'It'} saw ${count(cause.total, 'change')} in your files:`;
    case 'option-changed':
      return cause.option === 'labels' ? 'Other labels were chosen:' : `The ${cause.option} was changed:`;
    case 'no-cache':
      return 'The build was told to build everything again (no cache).';
    case 'cache-gone':
      return goneWords[cause.evidence](cause.at === undefined ? '' : ` at ${clockTime(cause.at, now)}`);
    case 'other-builder':
      return 'The last build used the other builder, and the two don’t share a cache.';
    case 'other-engine':
      return 'The last build ran on another engine, which has a cache of its own.';
    case 'cache-sources':
      return sourcesWords(cause);
    case 'not-reused':
      return reusableWords(cause);
    case 'not-finished-before':
      return 'The last build failed or was stopped before this step was done, so there was nothing to reuse.';
    case 'unknown':
      return `Unknown: ${cause.reason}.`;
  }
}

function argWords({ name, before, after }: StepCause & { kind: 'arg-changed' }): string {
  if (before === undefined && after === undefined) return `The build argument ${name} has another value, or is now set somewhere else.`;
  if (before === undefined) return `The build argument ${name} is now set above it:`;
  if (after === undefined) return `The build argument ${name} is no longer set above it:`;
  return `The build argument ${name} has another value:`;
}

function sourcesWords({ images, isOnly }: StepCause & { kind: 'cache-sources' }): string {
  const names = listed(images);
  return isOnly
    ? `Steps were to be taken from ${names}, and the classic builder then looks nowhere else. This step isn’t in there as it is now.`
    : `The engine no longer had the result, and ${names} couldn’t provide it either: BuildKit can only take steps from an image that was built with a record of them.`;
}

function reusableWords({ image, count: lines }: StepCause & { kind: 'not-reused' }): string {
  // nobody reads sixty-four digits in a sentence
  const [name, digest] = image.split('@');
  const called = digest ? `${name} (${shortId(digest)})` : image;
  const same = lines === 1 ? 'Its first line below FROM is the same' : `Its first ${count(lines, 'line')} below FROM are the same`;
  return `You got ${called} from a registry; its steps can be reused. ${same}, but the engine only looks there when it is told to. The layers will then be those that the registry has, and won’t be sent again.`;
}

const goneWords: Record<(StepCause & { kind: 'cache-gone' })['evidence'], (when: string) => string> = {
  pruned: (when) => `The engine’s cache was cleaned${when}, so its result was gone.`,
  'image-removed': () => 'The image of the last build was removed, and its steps with it.',
  'nothing-changed': () =>
    'Nothing that Layerdeck records has changed. The engine no longer had the result: it cleans up old ones by itself.',
};

/** The text before and now, for causes that have both. */
export function beforeAndAfter(cause: StepCause): { before?: string; after?: string } | undefined {
  switch (cause.kind) {
    case 'instruction-changed':
      return { ...(cause.before && { before: cause.before }), ...(cause.after && { after: cause.after }) };
    case 'instruction-removed':
      return { before: cause.before };
    case 'base-moved':
      return { before: shortId(cause.before), after: shortId(cause.after) };
    case 'arg-changed':
      if (cause.before === undefined && cause.after === undefined) return undefined;
      return {
        ...(cause.before !== undefined && { before: `${cause.name}=${cause.before}` }),
        ...(cause.after !== undefined && { after: `${cause.name}=${cause.after}` }),
      };
    case 'option-changed':
      return { before: cause.before ?? optionUnset(cause), after: cause.after ?? optionUnset(cause) };
    case 'other-builder':
      return { before: builderWords[cause.before], after: builderWords[cause.after] };
    default:
      return undefined;
  }
}

const optionUnset = ({ option }: StepCause & { kind: 'option-changed' }) => (option === 'labels' ? 'none' : 'the engine’s own');

const builderWords = { buildkit: 'BuildKit', classic: 'the classic builder' };

/** "content", "mode 644 → 755". */
export const changeWords = ({ differences }: FileChange): string => differences.map(differenceWords).join(', ');

function differenceWords(difference: FileDifference): string {
  switch (difference.what) {
    case 'mode':
      return `mode ${difference.before} → ${difference.after}`;
    case 'type':
      return `${difference.before} → ${difference.after}`;
    case 'target':
      return `link to ${difference.before} → ${difference.after}`;
    case 'hard-link':
      return `${linkWords(difference.before)} → ${linkWords(difference.after)}`;
    case 'ignored':
      return 'now left out by the ignore file';
    case 'no-longer-ignored':
      return 'no longer left out by the ignore file';
    case 'sent':
      return 'not sent before';
    case 'no-longer-sent':
      return 'no longer sent';
    default:
      return difference.what;
  }
}

const linkWords = (of: string | undefined) => (of === undefined ? 'a file of its own' : `another name of ${of} (hard link)`);

/** What a change means in practice, if its words don’t say so. */
export function changeNote({ differences, looksLike }: FileChange): string {
  if (looksLike !== undefined) return 'two names that look alike but have different characters';
  const mode = differences.find((one) => one.what === 'mode');
  if (!mode) return '';
  const [before, after] = [Number.parseInt(mode.before, 8), Number.parseInt(mode.after, 8)];
  if ((before & 0o111) === 0 && (after & 0o111) !== 0) return 'can now be run';
  if ((before & 0o111) !== 0 && (after & 0o111) === 0) return 'can no longer be run';
  if ((before & 0o022) === 0 && (after & 0o022) !== 0) return 'others may now write it';
  if ((before & 0o022) !== 0 && (after & 0o022) === 0) return 'others may no longer write it';
  return '';
}
