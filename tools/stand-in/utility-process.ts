import { type ChildProcess, fork, type Serializable } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { join } from 'node:path';
import { isReady } from './lifecycle.ts';

type ForkOptions = { env?: NodeJS.ProcessEnv; cwd?: string; stdio?: 'pipe' | 'inherit' | 'ignore'; serviceName?: string };

/** Electron's UtilityProcess on a forked Node. Ports cannot be handed to it. */
class UtilityProcess extends EventEmitter {
  #child: ChildProcess;

  constructor(child: ChildProcess) {
    super();
    this.#child = child;
    child.on('message', (message) => this.emit('message', message));
    child.on('spawn', () => this.emit('spawn'));
    child.on('exit', (code) => this.emit('exit', code));
  }
  get pid() {
    return this.#child.pid;
  }
  get stdout() {
    return this.#child.stdout;
  }
  get stderr() {
    return this.#child.stderr;
  }
  postMessage(message: Serializable): void {
    this.#child.send(message);
  }
  kill(): boolean {
    return this.#child.kill();
  }
}

/** Electron's `utilityProcess`. */
export const utilityProcess = {
  fork(module: string, args: string[] = [], { env = process.env, cwd, stdio = 'inherit' }: ForkOptions = {}): UtilityProcess {
    if (!isReady) throw new Error('utilityProcess cannot be created before app is ready');
    const child = fork(join(import.meta.dirname, 'utility-child.ts'), [module, ...args], {
      env,
      ...(cwd && { cwd }),
      stdio: ['ignore', stdio, stdio, 'ipc'],
      serialization: 'advanced',
      // main's inspector is not for the child
      execArgv: ['--no-warnings'],
    });
    return new UtilityProcess(child);
  },
};
