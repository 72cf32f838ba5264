import type { BuildProgress, BuildStep } from '../../../contract/build.ts';
import type { Instruction } from '../../foundation/dockerfile/read-instructions.ts';
import type { OperationContext } from '../../foundation/progress/operation-context.ts';
import { withLines } from './step-lines.ts';

/** How many of a step's last lines are searched for the reason of its failure. */
const keptLines = 40;

/**
 * Listens to a build: keeps the last lines of each step, which may say why one failed, and adds to the steps which lines of the
 * Dockerfile they come from.
 */
export class LastOutput {
  /** Given to the builder in place of the original context. */
  readonly context: OperationContext;
  readonly #lines = new Map<string, string[]>();
  readonly #instructions: Instruction[];
  #progress: BuildProgress | undefined;

  constructor(context: OperationContext, instructions: Instruction[]) {
    this.#instructions = instructions;
    this.context = {
      ...context,
      log: (text, options) => {
        if (options?.step) this.#keep(options.step, text);
        context.log(text, options);
      },
      report: (progress) => {
        const build = progress.build && withLines(progress.build, instructions);
        this.#progress = build ?? this.#progress;
        context.report({ ...progress, ...(build && { build }) });
      },
    };
  }

  ofFailedStep(): string | undefined {
    const id = this.#failedStep()?.id;
    return id === undefined ? undefined : this.#lines.get(id)?.join('\n');
  }

  /** The instruction that the failed step comes from, if it is certain. */
  failedInstruction(): Instruction | undefined {
    const lines = this.#failedStep()?.lines;
    return lines && this.#instructions.find(({ line }) => line === lines.first);
  }

  #failedStep(): BuildStep | undefined {
    return this.#progress?.steps.find(({ state }) => state === 'failed');
  }

  #keep(step: string, text: string): void {
    const lines = this.#lines.get(step) ?? [];
    if (lines.length >= keptLines) lines.shift();
    lines.push(text.slice(-2000));
    this.#lines.set(step, lines);
  }
}
