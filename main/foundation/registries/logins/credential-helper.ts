import { execFile } from 'node:child_process';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import * as z from 'zod';
import { readAsGo } from '../../formats/read-as-go.ts';
import type { Credentials } from './credentials.ts';

/** Where helpers usually are, for apps started from the desktop, whose PATH may lack these folders. */
const helperFolders = [
  '/usr/local/bin',
  '/opt/homebrew/bin',
  '/opt/local/bin',
  '/Applications/Docker.app/Contents/Resources/bin',
  join(homedir(), '.docker', 'bin'),
  join(homedir(), '.rd', 'bin'),
  join(homedir(), '.local', 'bin'),
  '/snap/bin',
];
const HelpersLogin = z.object({ Username: z.string().default(''), Secret: z.string().default('') });
const HelpersList = z.record(z.string(), z.string());
/** Milliseconds that a helper may take; it may have to ask the person first. */
const answerWithin = 30_000;

/** The helper's program does not exist. */
export class MissingHelper extends Error {
  override name = 'MissingHelper';
}

/**
 * A program that stores logins for docker (by the protocol of docker-credential-helpers: the request on its input, the answer on
 * its output). Each call rejects if the program is missing or fails.
 */
export class CredentialHelper {
  readonly name: string;

  /** Throws if the name is more than a plain name, as it comes from a file and ends up on a command line. */
  constructor(name: string) {
    if (!/^[\w.-]+$/.test(name)) throw new Error(`“${name}” is not a credential helper’s name`);
    this.name = name;
  }

  /** Undefined if the login is empty, which is how some helpers say that they have none. */
  async get(server: string): Promise<Credentials | undefined> {
    const { Username, Secret } = HelpersLogin.parse(readAsGo(await this.#run('get', server)));
    if (Username === '' || Secret === '') return undefined;
    return Username === '<token>'
      ? { identitytoken: Secret, serveraddress: server }
      : { username: Username, password: Secret, serveraddress: server };
  }

  /** Every server with its user name. */
  async list(): Promise<Record<string, string>> {
    return HelpersList.parse(readAsGo((await this.#run('list', '')) || '{}'));
  }

  async store({ username, password, identitytoken, serveraddress }: Credentials): Promise<void> {
    const login = { ServerURL: serveraddress, Username: identitytoken ? '<token>' : username, Secret: identitytoken ?? password };
    await this.#run('store', JSON.stringify(login));
  }

  async erase(server: string): Promise<void> {
    await this.#run('erase', server);
  }

  #run(action: 'get' | 'list' | 'store' | 'erase', input: string): Promise<string> {
    const env = { ...process.env, PATH: [process.env.PATH, ...helperFolders].filter(Boolean).join(delimiter) };
    return new Promise((resolve, reject) => {
      const child = execFile(`docker-credential-${this.name}`, [action], { env, timeout: answerWithin }, (error, stdout) => {
        // its output after a failure may contain its input, so it is not passed on
        if (error?.code === 'ENOENT') reject(new MissingHelper(`docker-credential-${this.name} is missing`));
        else if (error) reject(new Error(`docker-credential-${this.name} ${action} failed (${error.code ?? error.signal ?? 'no answer'})`));
        else resolve(stdout.trim());
      });
      child.stdin?.on('error', () => {}).end(input);
    });
  }
}
