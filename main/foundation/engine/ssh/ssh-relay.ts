import { type ChildProcess, type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Machine } from '../candidates.ts';
import type { EngineQuestions } from '../engine-questions.ts';
import { type Answer, AskProgram } from './ask-program.ts';
import { attend, carry } from './carry.ts';
import { agreement, readQuestion } from './read-question.ts';
import { argumentsFor, placeOf, sharing } from './ssh-arguments.ts';
import { failedAnswer, isUnanswered } from './ssh-failed.ts';
import { type SshSettings, settingsFor } from './ssh-settings.ts';
import type { SshTarget } from './ssh-target.ts';

/**
 * A socket on this computer that leads to an engine on another one: each connection is carried by an ssh of its own, over one
 * connection that they share where the system's ssh can. Everything that speaks with an engine works over it as over any socket.
 */
export class SshRelay {
  /** Where an engine seems to listen. */
  readonly socketPath: string;
  readonly #target: SshTarget;
  readonly #machine: Machine;
  readonly #folder: string;
  readonly #settings: SshSettings;
  readonly #asking: AskProgram | undefined;
  readonly #server: Server;
  readonly #running = new Map<ChildProcess, Socket>();
  /** Those who wait and may be asked. */
  #askers = 0;
  #withdraw = new AbortController();

  private constructor(
    target: SshTarget,
    machine: Machine,
    parts: { folder: string; settings: SshSettings; asking: AskProgram | undefined },
  ) {
    this.#target = target;
    this.#machine = machine;
    this.#folder = parts.folder;
    this.#settings = parts.settings;
    this.#asking = parts.asking;
    // a pipe of Windows is in no folder; its name, which nobody can guess, is that of the folder
    this.socketPath =
      machine.platform === 'win32' ? `\\\\.\\pipe\\${parts.folder.slice(-20).replaceAll('\\', '-')}` : join(parts.folder, 'engine.sock');
    this.#server = createServer({ allowHalfOpen: true, pauseOnConnect: true }, (client) => void this.#serve(client));
  }

  /** Listens, and starts no ssh before somebody connects. */
  static async open(address: string, target: SshTarget, machine: Machine, questions: EngineQuestions): Promise<SshRelay> {
    // only this user may enter it
    const folder = await mkdtemp(join(tmpdir(), 'layerdeck-ssh-'));
    const settings = await settingsFor(target, machine);
    let relay: SshRelay | undefined;
    const answer: Answer = async ({ text, hint, isAgain }, signal) => {
      const words = readQuestion(text, hint);
      const until = AbortSignal.any([signal, ...(relay ? [relay.#withdraw.signal] : [])]);
      const said = await questions.ask({ engine: address, ...words, ...(isAgain && { isAgain }) }, until);
      return said !== null && isAgreed(words) ? agreement : said;
    };
    // without it, as on Windows, ssh asks nothing and says that it would have to
    const asking = machine.platform === 'win32' ? undefined : await AskProgram.open(folder, answer).catch(() => undefined);
    relay = new SshRelay(target, machine, { folder, settings, asking });
    await once(relay.#server.listen(relay.socketPath), 'listening');
    relays.add(relay);
    return relay;
  }

  /** Lets ssh ask until `use` has settled; then what it still asks, and nobody else waits for, is withdrawn. */
  async whileAsking<T>(use: () => Promise<T>): Promise<T> {
    this.#askers++;
    try {
      return await use();
    } finally {
      this.#askers--;
      if (this.#askers === 0) {
        this.#withdraw.abort();
        this.#withdraw = new AbortController();
      }
    }
  }

  /** Ends all its connections and removes what it has on this computer. */
  async close(): Promise<void> {
    relays.delete(this);
    this.#server.close();
    this.#asking?.close();
    const ended = [...this.#running].map(([ssh, client]) => {
      client.destroy();
      ssh.kill();
      return once(ssh, 'exit').catch(() => {});
    });
    await Promise.all(ended);
    await this.#endShared();
    await rm(this.#folder, { recursive: true, force: true });
  }

  /** For the end of this process, which waits for nothing. */
  removeFolder(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async #serve(client: Socket): Promise<void> {
    const mayAsk = this.#askers > 0 && this.#asking !== undefined;
    client.on('error', () => {});
    const ssh = this.#start(client, mayAsk);
    this.#running.set(ssh, client);
    try {
      const ending = await (hasPipes(ssh) ? carry(client, ssh) : attend(ssh));
      if (isUnanswered(ending)) refuse(client, failedAnswer(ending, mayAsk));
      else client.destroySoon();
    } catch (error) {
      refuse(client, failedAnswer(error as NodeJS.ErrnoException, mayAsk));
    } finally {
      this.#running.delete(ssh);
    }
  }

  #start(client: Socket, mayAsk: boolean): ChildProcess {
    const { platform, env } = this.#machine;
    const manner = { mayAsk, isAliveSet: this.#settings.isAliveSet, ...(this.#ownShared && { shared: this.#ownShared }) };
    return spawn('ssh', argumentsFor(this.#target, manner), {
      env: { ...env, ...(mayAsk && this.#asking && { ...this.#asking.environment, DISPLAY: env.DISPLAY ?? ':0' }) },
      // ssh itself reads and writes the client's socket where it can: carrying the bytes cost BuildKit's session a third of its pace
      stdio: platform === 'win32' ? 'pipe' : [client, client, 'pipe'],
      // apart from a terminal that the app may have been started from: it is not asked there
      detached: platform !== 'win32',
      windowsHide: true,
    });
  }

  /** The socket of our own shared connection; undefined where ssh can't share one, or shares one by the person's own settings. */
  get #ownShared(): string | undefined {
    return this.#machine.platform === 'win32' || this.#settings.isShared ? undefined : join(this.#folder, 'shared');
  }

  async #endShared(): Promise<void> {
    if (this.#ownShared === undefined) return;
    const ssh = spawn('ssh', [...sharing(this.#ownShared), '-O', 'exit', ...placeOf(this.#target)], {
      env: this.#machine.env,
      stdio: 'ignore',
    });
    await once(ssh, 'exit').catch(() => {});
  }
}

const hasPipes = (ssh: ChildProcess): ssh is ChildProcessWithoutNullStreams => ssh.stdin !== null;

/** Answers in the engine's place, however much of the request is still to come. */
function refuse(client: Socket, answer: string): void {
  client.resume();
  client.end(answer, () => client.destroySoon());
}

const isAgreed = ({ kind }: { kind: string }): boolean => kind === 'host-key' || kind === 'confirm' || kind === 'notice';

const relays = new Set<SshRelay>();
process.on('exit', () => {
  for (const relay of relays) relay.removeFolder();
});
