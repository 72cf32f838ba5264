import { StringDecoder } from 'node:string_decoder';
import type { OperationContext } from '../../foundation/progress/operation-context.ts';
import { closeLine, continueLine, noLine, type OpenLine } from './open-line.ts';

/** Splits the output of steps that run in parallel into complete lines, separately for each step. */
export class StepOutput {
  readonly #steps = new Map<string, { decoder: StringDecoder; rest: OpenLine }>();
  readonly #log: OperationContext['log'];

  constructor(log: OperationContext['log']) {
    this.#log = log;
  }

  write(step: string, bytes: Buffer): void {
    const own = this.#steps.get(step) ?? { decoder: new StringDecoder('utf8'), rest: noLine };
    const { open, lines } = continueLine(own.rest, own.decoder.write(bytes));
    this.#steps.set(step, { ...own, rest: open });
    for (const line of lines) this.#log(line, { step });
  }

  /** Logs the last lines that had no line break. */
  end(): void {
    for (const [step, { rest }] of this.#steps) if (rest.text !== '') this.#log(closeLine(rest), { step });
  }
}
