import type { BuildProgress, BuildStep } from '../../contract/build.ts';
import type { OperationContext } from '../engine/operation.ts';
import { matchSteps } from './explain/match-steps.ts';
import type { Instruction } from './explain/read-instructions.ts';

/** Lines of a step in which the reason of its failure is looked for. */
const keptLines = 40;

/** Listens in on a build, so that what its failing step printed last can help to say why it failed. */
export class LastOutput {
  /** For the builder, instead of the one it listens in on. */
  readonly context: OperationContext;
  readonly #lines = new Map<string, string[]>();
  #progress: BuildProgress | undefined;

  constructor(context: OperationContext) {
    this.context = {
      ...context,
      log: (text, options) => {
        if (options?.step) this.#keep(options.step, text);
        context.log(text, options);
      },
      report: (progress) => {
        this.#progress = progress.build ?? this.#progress;
        context.report(progress);
      },
    };
  }

  ofFailedStep(): string | undefined {
    const id = this.#failedStep()?.id;
    return id === undefined ? undefined : this.#lines.get(id)?.join('\n');
  }

  /** What the step that failed comes from, where it is certain. */
  failedAmong(instructions: Instruction[]): Instruction | undefined {
    const step = this.#failedStep();
    return step && this.#progress && matchSteps(this.#progress, instructions).get(step.id);
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
