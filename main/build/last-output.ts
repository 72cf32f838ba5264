import type { OperationContext } from '../engine/operation.ts';

/** Lines of a step in which the reason of its failure is looked for. */
const keptLines = 40;

/** Listens in on a build, so that what its failing step printed last can help to say why it failed. */
export class LastOutput {
  /** For the builder, instead of the one it listens in on. */
  readonly context: OperationContext;
  readonly #lines = new Map<string, string[]>();
  #failedStep: string | undefined;

  constructor(context: OperationContext) {
    this.context = {
      ...context,
      log: (text, options) => {
        if (options?.step) this.#keep(options.step, text);
        context.log(text, options);
      },
      report: (progress) => {
        this.#failedStep = progress.build?.steps.find(({ state }) => state === 'failed')?.id;
        context.report(progress);
      },
    };
  }

  ofFailedStep(): string | undefined {
    return this.#failedStep === undefined ? undefined : this.#lines.get(this.#failedStep)?.join('\n');
  }

  #keep(step: string, text: string): void {
    const lines = this.#lines.get(step) ?? [];
    if (lines.length >= keptLines) lines.shift();
    lines.push(text.slice(-2000));
    this.#lines.set(step, lines);
  }
}
