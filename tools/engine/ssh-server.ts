import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, closeSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { delimiter, join } from 'node:path';
import { installMissing } from './install-missing.ts';

/** What differs from a computer that one gets into without a question. */
export type SshServerOptions = {
  /** Protects the key that the client has. */
  passphrase?: string;
  /** The client has never seen the server's key. */
  isUnknown?: boolean;
  /** Environment of what runs there; DOCKER_HOST is where the engine is. */
  env?: Record<string, string>;
};

/** A real sshd on this computer, which stands for another one, and a client's settings for it. Nobody's own settings are read or changed. */
export class SshServer implements AsyncDisposable {
  /** For everything that gets there: `ssh://user@127.0.0.1:port`. */
  readonly address: string;
  /** Environment in which `ssh` is one with settings of its own. */
  readonly env: Record<string, string>;
  readonly #folder: string;
  readonly #port: number;
  readonly #running = new Set<ChildProcess>();
  readonly #remove = () => rmSync(this.#folder, { recursive: true, force: true });
  #server: Server;

  private constructor(folder: string, server: Server) {
    this.#folder = folder;
    this.#server = server;
    this.#port = (server.address() as AddressInfo).port;
    this.address = `ssh://${userInfo().username}@127.0.0.1:${this.#port}`;
    process.once('exit', this.#remove);
    this.env = { PATH: `${join(folder, 'bin')}${delimiter}${process.env.PATH}`, HOME: join(folder, 'client') };
  }

  /** Serves the engine at `host`. */
  static async start(host: string, { passphrase = '', isUnknown = false, env = {} }: SshServerOptions = {}): Promise<SshServer> {
    installMissing(['openssh-server', 'openssh-client']);
    const folder = mkdtempSync(join(tmpdir(), 'layerdeck-sshd-'));
    for (const name of ['bin', 'home', 'client']) mkdirSync(join(folder, name));
    makeKey(join(folder, 'host-key'));
    makeKey(join(folder, 'client/key'), passphrase);
    // sshd is started for each connection, as inetd does: nothing goes on listening when this process ends
    const listening = createServer({ pauseOnConnect: true }).listen(0, '127.0.0.1');
    await once(listening, 'listening');
    const server = new SshServer(folder, listening);
    listening.on('connection', (socket) => server.#serve(socket));
    server.setEnvironment({ DOCKER_HOST: host, ...env });
    server.#writeClientSettings();
    if (!isUnknown) server.knowKey(join(folder, 'host-key.pub'));
    return server;
  }

  /** What `DOCKER_HOST` and others are for what runs there, from the next connection on. */
  setEnvironment(env: Record<string, string>): void {
    // a shell that takes itself for the first one reads the start files of whoever runs the tests, or would without a HOME of its own
    const all = Object.entries({ HOME: join(this.#folder, 'home'), SHLVL: '5', ...env });
    const lines = [
      `HostKey ${join(this.#folder, 'host-key')}`,
      `AuthorizedKeysFile ${join(this.#folder, 'client/key.pub')}`,
      'StrictModes no',
      'UsePAM no',
      'PasswordAuthentication no',
      'KbdInteractiveAuthentication no',
      'PidFile none',
      'PrintMotd no',
      'PrintLastLog no',
      'LogLevel ERROR',
      `SetEnv ${all.map(([name, value]) => `${name}=${value}`).join(' ')}`,
    ];
    writeFileSync(join(this.#folder, 'sshd_config'), `${lines.join('\n')}\n`);
  }

  /** What the client takes for the server's key: the content of a file with a public key. */
  knowKey(file: string): void {
    const [kind, key] = readFileSync(file, 'utf8').split(' ');
    writeFileSync(this.knownHosts, `[127.0.0.1]:${this.#port} ${kind} ${key}\n`);
  }

  get knownHosts(): string {
    return join(this.#folder, 'client/known_hosts');
  }

  /** Another key than the server's, which the client now expects. */
  expectOtherKey(): void {
    makeKey(join(this.#folder, 'other-key'));
    this.knowKey(join(this.#folder, 'other-key.pub'));
  }

  /** The fingerprint of the server's key, as its owner would tell it. */
  get fingerprint(): string {
    return /SHA256:\S+/.exec(execFileSync('ssh-keygen', ['-lf', join(this.#folder, 'host-key.pub')], { encoding: 'utf8' }))?.[0] ?? '';
  }

  /** Takes the client's key away from it, so that nothing lets it in. */
  forgetClient(): void {
    makeKey(join(this.#folder, 'nobody'));
    rmSync(join(this.#folder, 'client/key.pub'));
    writeFileSync(join(this.#folder, 'client/key.pub'), readFileSync(join(this.#folder, 'nobody.pub')));
  }

  /** A program that stands first in the PATH of what runs there. */
  addProgram(name: string, script: string): string {
    const folder = join(this.#folder, 'programs');
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
    return folder;
  }

  /** Further lines of the client's settings. */
  addClientSettings(lines: string[]): void {
    appendFileSync(join(this.#folder, 'client/config'), `${lines.join('\n')}\n`);
  }

  /** Ends a connection that the client's own settings share, by its socket. */
  endShared(socket: string): void {
    execFileSync('ssh', ['-o', `ControlPath=${socket}`, '-O', 'exit', 'x'], { env: this.env, stdio: 'ignore' });
  }

  /** Cuts every connection as a network that breaks would, and accepts no other until `mend`. */
  async cut(): Promise<void> {
    this.#server.close();
    await this.#endAll();
  }

  async mend(): Promise<void> {
    this.#server = createServer({ pauseOnConnect: true }, (socket) => this.#serve(socket)).listen(this.#port, '127.0.0.1');
    await once(this.#server, 'listening');
  }

  get connections(): number {
    return this.#running.size;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.close();
    await this.#endAll();
    process.off('exit', this.#remove);
    this.#remove();
  }

  async #endAll(): Promise<void> {
    await Promise.all(
      [...this.#running].map((sshd) => {
        sshd.kill('SIGKILL');
        return once(sshd, 'exit');
      }),
    );
  }

  #serve(socket: Socket): void {
    const log = openSync(join(this.#folder, 'log'), 'a');
    const sshd = ['/usr/sbin/sshd', '-i', '-e', '-f', join(this.#folder, 'sshd_config')];
    // started by root, sshd wants an empty folder in /run, which is there only where it is a service
    const apart = [
      'unshare',
      '--mount',
      '--propagation=private',
      '/bin/sh',
      '-c',
      'mount -t tmpfs none /run && mkdir /run/sshd && exec "$@"',
      'sh',
    ];
    const [program = '', ...args] = process.getuid?.() === 0 ? [...apart, ...sshd] : sshd;
    const child = spawn(program, args, { stdio: [socket, socket, log] });
    closeSync(log);
    this.#running.add(child);
    child.once('exit', () => this.#running.delete(child));
    // it is the child's now
    socket.on('error', () => {});
    socket.destroy();
  }

  #writeClientSettings(): void {
    const settings = [
      `UserKnownHostsFile ${this.knownHosts}`,
      'GlobalKnownHostsFile none',
      `IdentityFile ${join(this.#folder, 'client/key')}`,
      'IdentitiesOnly yes',
      'IdentityAgent none',
    ];
    const file = join(this.#folder, 'client/config');
    writeFileSync(file, `${settings.join('\n')}\n`);
    // ssh takes its settings from the user's home whatever HOME says
    writeFileSync(join(this.#folder, 'bin/ssh'), `#!/bin/sh\nexec /usr/bin/ssh -F ${file} "$@"\n`, { mode: 0o755 });
  }
}

function makeKey(file: string, passphrase = ''): void {
  rmSync(file, { force: true });
  execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', passphrase, '-C', 'of-a-test', '-f', file]);
}
