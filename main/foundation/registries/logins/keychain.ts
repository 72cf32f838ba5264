import * as z from 'zod';
import { JsonFile } from '../../files/json-file.ts';
import type { Credentials } from './credentials.ts';

/** The system's own way to encrypt a text: Electron's safeStorage, passed in by `main/index.ts`. */
export type Lock = {
  /** False if the system has no keychain, so that the text would be readable. */
  isThere(): Promise<boolean>;
  seal(text: string): Promise<Buffer>;
  open(sealed: Buffer): Promise<string>;
};

const SealedLogins = z.record(z.string(), z.string());
const OpenedLogin = z.object({ username: z.string().optional(), password: z.string().optional(), identitytoken: z.string().optional() });

/** Logins encrypted with a key from the system's keychain. Without a keychain they are kept until the app quits. */
export class Keychain {
  readonly #file: JsonFile<Record<string, string>>;
  readonly #lock: Lock;
  readonly #inMemory = new Map<string, Credentials>();

  constructor(file: string, lock: Lock) {
    this.#file = new JsonFile(file, SealedLogins);
    this.#lock = lock;
  }

  async find(server: string): Promise<Credentials | undefined> {
    const inMemory = this.#inMemory.get(server);
    const sealed = inMemory ? undefined : (await this.#read())[server];
    if (!sealed) return inMemory;
    try {
      const opened = OpenedLogin.parse(JSON.parse(await this.#lock.open(Buffer.from(sealed, 'base64'))));
      return { ...opened, serveraddress: server };
    } catch {
      return undefined; // encrypted on another computer, or the keychain was replaced
    }
  }

  async servers(): Promise<string[]> {
    return [...new Set([...Object.keys(await this.#read()), ...this.#inMemory.keys()])];
  }

  isInMemory(server: string): boolean {
    return this.#inMemory.has(server);
  }

  async store({ serveraddress, ...secret }: Credentials): Promise<void> {
    if (!(await this.#lock.isThere())) {
      this.#inMemory.set(serveraddress, { ...secret, serveraddress });
      return;
    }
    const sealed = (await this.#lock.seal(JSON.stringify(secret))).toString('base64');
    await this.#file.change((logins = {}) => ({ ...logins, [serveraddress]: sealed }));
    this.#inMemory.delete(serveraddress);
  }

  async erase(server: string): Promise<void> {
    this.#inMemory.delete(server);
    if (server in (await this.#read())) await this.#file.change(({ [server]: _, ...others } = {}) => others);
  }

  async #read(): Promise<Record<string, string>> {
    return (await this.#file.read()) ?? {};
  }
}
