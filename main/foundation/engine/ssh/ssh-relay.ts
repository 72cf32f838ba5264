import { type ChildProcess, type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { Machine } from '../candidates.ts';
import type { EngineQuestions } from '../engine-questions.ts';
import { type Answer, AskProgram } from './ask-program.ts';
import { attend, carry } from './carry.ts';
import { agreement, readQuestion } from './read-question.ts';
import { argumentsFor, placeOf, sharing } from './ssh-arguments.ts';
import { failedAnswer, isUnanswered } from './ssh-failed.ts';
import { type SshSettings, settingsFor } from './ssh-settings.ts';
import type { SshTarget } from './ssh-target.ts';

/** Sessions on a shared connection: one less than servers allow by default (MaxSessions in sshd_config). */
const atOnce = 9;
/** Milliseconds for one of them to end, before a session gets a connection of its own. */
const freeWithin = 3000;

/**
 * A socket on this computer that leads to an engine on another one: each connection is carried by an ssh of its own, over one
 * connection that they share where the system's ssh can. Everything that speaks with an engine works over it as over any socket.
 */
export class SshRelay {
  /** Where an engine seems to listen; what connects there is asked nothing. */
  readonly socketPath: string;
  /** The same for whoever waits and may be asked. */
  readonly askingPath: string;
  readonly #target: SshTarget;
  readonly #machine: Machine;
  readonly #folder: string;
  readonly #settings: SshSettings;
  readonly #asking: AskProgram | undefined;
  readonly #servers: Server[];
  readonly #turns = new EventEmitter().setMaxListeners(0);
  readonly #closing = new AbortController();
  readonly #running = new Map<ChildProcess, Socket>();
  /** Sessions that run or are about to. */
  #taken = 0;
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
    // a pipe of Windows is in no folder; its name has that of the folder, which nobody can guess
    const pathOf = (name: string) =>
      machine.platform === 'win32' ? `\\\\.\\pipe\\${basename(parts.folder)}-${name}` : join(parts.folder, name);
    this.socketPath = pathOf('engine.sock');
    this.askingPath = parts.asking ? pathOf('asking.sock') : this.socketPath;
    const serve = (mayAsk: boolean) =>
      createServer({ allowHalfOpen: true, pauseOnConnect: true }, (client) => void this.#serve(client, mayAsk));
    this.#servers = [serve(false).listen(this.socketPath), ...(parts.asking ? [serve(true).listen(this.askingPath)] : [])];
  }

  /** Listens, and starts no ssh before somebody connects. */
  static async open(address: string, target: SshTarget, machine: Machine, questions: EngineQuestions): Promise<SshRelay> {
    // only this user may enter it
    const folder = await mkdtemp(join(tmpdir(), 'layerdeck-ssh-'));
    const settings = await settingsFor(target, machine);
    let relay: SshRelay | undefined;
    const answer: Answer = async ({ text, hint, isAgain }, signal) => {
      // whoever wanted to connect has gone in the meantime
      if (relay && relay.#askers === 0) return null;
      const words = readQuestion(text, hint);
      const until = AbortSignal.any([signal, ...(relay ? [relay.#withdraw.signal] : [])]);
      const said = await questions.ask({ engine: address, ...words, ...(isAgain && { isAgain }) }, until);
      return said !== null && isAgreed(words) ? agreement : said;
    };
    // without it, as on Windows, ssh asks nothing and says that it would have to
    const asking = machine.platform === 'win32' ? undefined : await AskProgram.open(folder, answer).catch(() => undefined);
    relay = new SshRelay(target, machine, { folder, settings, asking });
    await Promise.all(relay.#servers.map((server) => once(server, 'listening')));
    relays.add(relay);
    return relay;
  }

  /** Withdraws, once `use` has settled, what ssh still asks and nobody else waits for. */
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
    this.#closing.abort();
    for (const server of this.#servers) server.close();
    this.#asking?.close();
    const ended = [...this.#running].map(([ssh, client]) => {
      client.destroy();
      ssh.kill();
      return once(ssh, 'exit').catch(() => {});
    });
    await Promise.all(ended);
    await this.#endShared();
    await rm(this.#folder, { recursive: true, force: true });
    relays.delete(this);
  }

  /** For the end of this process, which waits for nothing. */
  removeFolder(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async #serve(client: Socket, mayAsk: boolean): Promise<void> {
    client.on('error', () => {});
    await this.#turn();
    if (this.#closing.signal.aborted) {
      this.#taken--;
      return void client.destroy();
    }
    const ssh = this.#start(client, mayAsk);
    this.#running.set(ssh, client);
    try {
      const ending = await (hasPipes(ssh) ? carry(client, ssh) : attend(ssh));
      if (isUnanswered(ending)) refuse(client, failedAnswer(ending, mayAsk));
      // only closed here: another process may still be passing on the last of it
      else client.destroy();
    } catch (error) {
      refuse(client, failedAnswer(error as NodeJS.ErrnoException, mayAsk));
    } finally {
      this.#running.delete(ssh);
      this.#taken--;
      this.#turns.emit('free');
    }
  }

  /** Waits for room on the shared connection. Not for long: those that have it may need this one to come to an end. */
  async #turn(): Promise<void> {
    const late = AbortSignal.any([AbortSignal.timeout(freeWithin), this.#closing.signal]);
    while (this.#taken >= atOnce && !late.aborted) await once(this.#turns, 'free', { signal: late }).catch(() => {});
    // at once, as all that wait are woken together
    this.#taken++;
  }

  #start(client: Socket, mayAsk: boolean): ChildProcess {
    const { platform, env } = this.#machine;
    const manner = { mayAsk, settings: this.#settings, ...(this.#ownShared && { shared: this.#ownShared }) };
    const questions = mayAsk && this.#asking ? this.#asking.environment : { SSH_ASKPASS_REQUIRE: 'never' };
    return spawn('ssh', argumentsFor(this.#target, manner), {
      // without a display, older ones ask nobody
      env: { ...env, DISPLAY: env.DISPLAY ?? ':0', ...questions },
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
