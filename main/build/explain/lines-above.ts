import type { StepCause } from '../../../contract/explanation.ts';
import type { Instruction, Surrounding } from './read-instructions.ts';

/** A cause of the step of an instruction, as it is told of one that comes after it. */
export const asAbove = (cause: StepCause, { text }: Instruction): StepCause => {
  if (cause.kind === 'instruction-new') return { kind: 'instruction-changed', before: '', after: text, isAbove: true };
  return cause.kind === 'instruction-changed' || cause.kind === 'files-changed' ? { ...cause, isAbove: true } : cause;
};

/** Those lines that another step does not run in. */
export const notIn = (lines: Surrounding[], others: Surrounding[]) =>
  lines.filter(({ expanded }) => !others.some((other) => other.expanded === expanded));

/** Lines that went and came, side by side. One that reads as it did has another value because of an argument, which is told by itself. */
export function changedLines(gone: Surrounding[], come: Surrounding[], args: ReadonlySet<string>): StepCause[] {
  const isTold = (one: Surrounding, others: Surrounding[]) =>
    others.some(({ text }) => text === one.text) && one.usedArgs.some((name) => args.has(name));
  const [was, is] = [gone.filter((one) => !isTold(one, come)), come.filter((one) => !isTold(one, gone))];
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
