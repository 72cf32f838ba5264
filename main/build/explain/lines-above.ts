import type { StepCause } from '../../../contract/explanation.ts';
import type { Instruction, Surrounding } from './read-instructions.ts';

/** A cause of the step of an instruction, as it is told of one that comes after it. */
export const asAbove = (cause: StepCause, { text }: Instruction): StepCause => {
  if (cause.kind === 'instruction-new') return { kind: 'instruction-changed', before: '', after: text, isAbove: true };
  return cause.kind === 'instruction-changed' || cause.kind === 'files-changed' ? { ...cause, isAbove: true } : cause;
};

/** Those lines that another step does not run in. */
export function notIn(lines: Surrounding[], others: Surrounding[]): Surrounding[] {
  const known = new Set(others.map(({ expanded }) => expanded));
  return lines.filter(({ expanded }) => !known.has(expanded));
}

/** Lines that went and came, side by side. One that reads as it did only follows another line, or an argument that is told. */
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

/** All that a RUN runs in, in one text: the order counts, too. */
export const linesOf = ({ keyword, surroundings }: Instruction): string =>
  keyword === 'RUN' ? surroundings.map(({ expanded }) => expanded).join('\n') : '';
