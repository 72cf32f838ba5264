import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';

/** A step of a build that waits until it is released. It is this computer's engine that runs it, so that its files can be reached. */
export class HeldStep implements Disposable {
  readonly #gate = `/gate-${randomBytes(6).toString('hex')}`;

  /** The line of the Dockerfile. It prints “begun”, and “over” once it was released. */
  get line(): string {
    return `RUN mkfifo ${this.#gate} && echo begun && cat ${this.#gate} && rm ${this.#gate} && echo over\n`;
  }

  /** Whether it waits. */
  get isThere(): boolean {
    return this.#waiting !== undefined;
  }

  /** Lets the step go on, which must wait. */
  async release(): Promise<void> {
    const pid = this.#waiting;
    if (pid === undefined) throw new Error('the step does not wait');
    await writeFile(`/proc/${pid}/root${this.#gate}`, 'released\n');
  }

  /** Ends it if it still waits: it may outlive its engine. */
  [Symbol.dispose](): void {
    const pid = this.#waiting;
    if (pid !== undefined) process.kill(Number(pid));
  }

  get #waiting(): string | undefined {
    return readdirSync('/proc').find((name) => /^\d+$/.test(name) && commandOf(name) === `cat\0${this.#gate}\0`);
  }
}

function commandOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return ''; // ended in the meantime
  }
}
