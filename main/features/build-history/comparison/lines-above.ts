import type { StepCause } from '../../../../contract/explanation.ts';
import type { Instruction, Surrounding } from '../../../foundation/dockerfile/read-instructions.ts';

/** A cause for one instruction's step, as it is reported for a later step. */
export const asAbove = (cause: StepCause, { text }: Instruction): StepCause => {
  if (cause.kind === 'instruction-new') return { kind: 'instruction-changed', before: '', after: text, isAbove: true };
  return cause.kind === 'instruction-changed' || cause.kind === 'files-changed' ? { ...cause, isAbove: true } : cause;
};

/** The lines that the other list does not have. */
export function notIn(lines: Surrounding[], others: Surrounding[]): Surrounding[] {
  const known = new Set(others.map(({ expanded }) => expanded));
  return lines.filter(({ expanded }) => !known.has(expanded));
}

/** Removed and added lines side by side. A line with unchanged text is left out: another line or argument explains its change. */
export function changedLines(
  gone: Surrounding[],
  come: Surrounding[],
  isArgTold: boolean,
): (StepCause & { kind: 'instruction-changed' })[] {
  const isFollower = (one: Surrounding, others: Surrounding[]) => others.some(({ text }) => text === one.text);
  const [less, more] = [gone.filter((one) => !isFollower(one, come)), come.filter((one) => !isFollower(one, gone))];
  const [was, is] = less.length > 0 || more.length > 0 || isArgTold ? [less, more] : [gone, come];
  return Array.from({ length: Math.max(was.length, is.length) }, (_, place) => ({
    kind: 'instruction-changed',
    before: was[place]?.expanded ?? '',
    after: is[place]?.expanded ?? '',
    isAbove: true,
  }));
}

/** Everything a RUN's environment is made of, as one text, as the order matters too. */
export const linesOf = ({ keyword, surroundings }: Instruction): string =>
  keyword === 'RUN' ? surroundings.map(({ expanded }) => expanded).join('\n') : '';
