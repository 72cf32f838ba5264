import type { Builder } from '../../../../contract/engine.ts';
import type { StepCause } from '../../../../contract/explanation.ts';
import { stageMeant } from '../../../foundation/dockerfile/pair-stages.ts';
import type { Instruction } from '../../../foundation/dockerfile/read-instructions.ts';
import type { Alignment } from './align-instructions.ts';
import { changedArgs } from './changed-args.ts';
import { changedLines, notIn } from './lines-above.ts';

/** Two Dockerfiles laid side by side. */
export type Lines = {
  alignment: Alignment;
  instructions: Instruction[];
  beforeInstructions: Instruction[];
  builder: Builder;
};

/** What changed for a step in the Dockerfile: in its own lines and in those it sees. */
export class LineChanges {
  readonly #alignment: Alignment;
  readonly #instructions: Instruction[];
  readonly #beforeInstructions: Instruction[];
  readonly #builder: Builder;

  constructor({ alignment, instructions, beforeInstructions, builder }: Lines) {
    this.#alignment = alignment;
    this.#instructions = instructions;
    this.#beforeInstructions = beforeInstructions;
    this.#builder = builder;
  }

  /** What changed in the line itself, in the lines before it that were steps, and in what its own words mean. */
  changed(instruction: Instruction): StepCause[] {
    const before = this.#alignment.before.get(instruction);
    const removed = this.#removedAbove(instruction).map(({ text }): StepCause => ({ kind: 'instruction-removed', before: text }));
    if (!before) return [{ kind: 'instruction-new' }, ...removed];
    const { text: was } = before;
    const { text: is } = instruction;
    if (!this.#alignment.readsSame(before, instruction)) return [{ kind: 'instruction-changed', before: was, after: is }, ...removed];
    const around = [...removed, ...this.#changedArgLines(instruction), ...this.#otherStage(before, instruction)];
    // if only the numbering of stages changed, the texts differ but the lines do not
    if (before.expanded === instruction.expanded || was !== is) return around;
    const args = changedArgs(before, instruction).filter(({ name }) => instruction.usedArgs.includes(name));
    if (args.length > 0) return args;
    // a value it uses may also come from an ENV above
    const [gone, come] = [notIn(before.surroundings, instruction.surroundings), notIn(instruction.surroundings, before.surroundings)];
    const lines = changedLines(gone, come, false).filter((line) =>
      instruction.usedArgs.some((name) => (line.before + line.after).includes(name)),
    );
    return lines.length > 0 ? lines : [{ kind: 'instruction-changed', before: before.expanded, after: instruction.expanded }];
  }

  /** A cause if the line reads the same but takes files from another stage, because stages above it are numbered differently. */
  #otherStage(before: Instruction, instruction: Instruction): StepCause[] {
    const was = stageMeant(before, this.#beforeInstructions);
    const is = stageMeant(instruction, this.#instructions);
    // if no stage is meant, an image is
    const isSame = is === undefined ? was === undefined : this.#alignment.stages.get(is) === was;
    if (instruction.keyword === 'FROM' || isSame) return [];
    return [{ kind: 'other-stage', from: instruction.from ?? '' }];
  }

  /** For the classic builder ARG is a step like any other, but one that is not explained: the next step reports its change. */
  #changedArgLines(instruction: Instruction): StepCause[] {
    if (this.#builder !== 'classic') return [];
    const place = this.#instructions.indexOf(instruction);
    const since = this.#instructions.findLastIndex((one, index) => index < place && one.keyword !== 'ARG');
    return this.#instructions.slice(since + 1, place).flatMap((one): StepCause[] => {
      const was = one.stage === instruction.stage ? this.#alignment.before.get(one) : one;
      if (was?.expanded === one.expanded) return [];
      return [{ kind: 'instruction-changed', before: was?.text ?? '', after: one.text, isAbove: true }];
    });
  }

  /** Steps that used to be between this one and the one before it. */
  #removedAbove(instruction: Instruction): Instruction[] {
    const place = this.#instructions.indexOf(instruction);
    const isOwn = (one: Instruction) => this.#builder === 'classic' || one.stepNumber !== undefined;
    const since = this.#instructions.findLastIndex((one, index) => index < place && (isOwn(one) || one.stage !== instruction.stage));
    const gone = this.#instructions.slice(since + 1, place + 1).flatMap((one) => this.#alignment.removedAbove.get(one) ?? []);
    // a line that moved up is not gone
    const isMoved = ({ text }: Instruction) =>
      this.#instructions
        .slice(0, place)
        .some((one) => one.stage === instruction.stage && one.text === text && !this.#alignment.before.has(one));
    return gone.filter((one) => isOwn(one) && !isMoved(one));
  }

  /** A RUN sees every argument and variable above it, used or not; a change already reported for an earlier RUN is not repeated. */
  changedAround(instruction: Instruction, told: Set<string>): StepCause[] {
    const before = this.#alignment.before.get(instruction);
    if (instruction.keyword !== 'RUN' || !before) return [];
    const gone = notIn(before.surroundings, instruction.surroundings);
    const come = notIn(instruction.surroundings, before.surroundings);
    // a line that hides an argument may take its value from it
    const isSeen = (name: string) => !instruction.hiddenArgs.includes(name) || come.some(({ usedArgs }) => usedArgs.includes(name));
    const args = changedArgs(before, instruction).filter(({ name }) => isSeen(name));
    // with the classic builder each line is a step of its own, which reports the change itself
    const lines = this.#builder === 'classic' ? [] : changedLines(gone, come, args.length > 0);
    return [...args, ...lines].filter((cause) => isNews(told, `${instruction.stage} ${JSON.stringify(cause)}`));
  }
}

function isNews(told: Set<string>, key: string): boolean {
  if (told.has(key)) return false;
  told.add(key);
  return true;
}
