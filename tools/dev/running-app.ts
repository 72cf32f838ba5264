import type { ChildProcess } from 'node:child_process';
import { openApp } from '../start/open-app.ts';

/** Milliseconds during which changes are gathered: main and its workers are built one after the other. */
const gatherFor = 150;

/** The app, restarted whenever it was rebuilt, until somebody closes it. */
export class RunningApp {
  readonly #args: string[];
  readonly #env: NodeJS.ProcessEnv;
  #child: ChildProcess | undefined;
  #timer: NodeJS.Timeout | undefined;
  #end = () => {};
  /** Resolves when it was closed, not when it is restarted. */
  readonly closed = new Promise<void>((resolve) => {
    this.#end = resolve;
  });

  constructor(args: string[], env: NodeJS.ProcessEnv) {
    this.#args = args;
    this.#env = env;
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => this.#stop(this.#end));
  }

  restart(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#stop(() => this.#start()), gatherFor);
  }

  #start(): void {
    const child = openApp(this.#args, this.#env);
    this.#child = child;
    if (!child) this.#end();
    child?.once('exit', () => child === this.#child && this.#end());
  }

  /** Lets it clean up before the next one starts: of two at once, the second would hand over to the first. */
  #stop(next: () => void): void {
    const child = this.#child;
    this.#child = undefined;
    if (child && child.exitCode === null) child.once('exit', next).kill('SIGTERM');
    else next();
  }
}
