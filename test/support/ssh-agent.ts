import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { WorkFolder } from './work-folder.ts';

/** A real SSH agent of its own, which this process finds until the end of the scope. */
export class SshAgent implements Disposable {
  readonly #folder = new WorkFolder();
  readonly #before = process.env.SSH_AUTH_SOCK;
  #pid: number | undefined;

  constructor() {
    const said = execFileSync('ssh-agent', ['-a', this.#folder.file('agent')], { encoding: 'utf8' });
    this.#pid = Number(/SSH_AGENT_PID=(\d+)/.exec(said)?.[1]);
    process.env.SSH_AUTH_SOCK = this.#folder.file('agent');
  }

  /** Makes a key, gives it to the agent, and returns its public half. */
  addKey(): string {
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', 'of-a-test', '-f', this.#folder.file('key')]);
    execFileSync('ssh-add', ['-q', this.#folder.file('key')], { stdio: 'ignore' });
    return readFileSync(this.#folder.file('key.pub'), 'utf8');
  }

  publicKeys(): string {
    return execFileSync('ssh-add', ['-L'], { encoding: 'utf8' });
  }

  end(): void {
    if (this.#pid) process.kill(this.#pid);
    this.#pid = undefined;
  }

  [Symbol.dispose](): void {
    this.end();
    if (this.#before === undefined) delete process.env.SSH_AUTH_SOCK;
    else process.env.SSH_AUTH_SOCK = this.#before;
    this.#folder[Symbol.dispose]();
  }
}
