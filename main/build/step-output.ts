import { StringDecoder } from 'node:string_decoder';
import type { OperationContext } from '../engine/operation.ts';

/** Cuts the output of steps that run side by side into whole lines, each step's by itself. */
export class StepOutput {
  readonly #steps = new Map<string, { decoder: StringDecoder; rest: string }>();
  readonly #log: OperationContext['log'];

  constructor(log: OperationContext['log']) {
    this.#log = log;
  }

  write(step: string, bytes: Buffer): void {
    const own = this.#steps.get(step) ?? { decoder: new StringDecoder('utf8'), rest: '' };
    const lines = (own.rest + own.decoder.write(bytes)).split('\n');
    own.rest = lines.pop() ?? '';
    this.#steps.set(step, own);
    for (const line of lines) this.#log(line, { step });
  }

  /** Gives out the last lines that had no line break. */
  end(): void {
    for (const [step, { rest }] of this.#steps) if (rest !== '') this.#log(rest, { step });
  }
}
