import type { BuildProgress, BuildStep } from '../../contract/build.ts';
import type { OperationContext } from '../engine/operation.ts';
import type { Instruction } from './explain/read-instructions.ts';
import { withLines } from './step-lines.ts';

/** Lines of a step in which the reason of its failure is looked for. */
const keptLines = 40;

/**
 * Listens in on a build, so that what its failing step printed last can help to say why it failed, and adds to the steps
 * which lines of the Dockerfile they come from.
 */
export class LastOutput {
  /** For the builder, instead of the one it listens in on. */
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

  /** What the step that failed comes from, where it is certain. */
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
