import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import * as z from 'zod';
import type { Credentials } from './credentials.ts';

/** The system's own way to lock a text away; Electron's safeStorage, handed in by `shell/`. */
export type Lock = {
  /** False where the system has no keychain and the text would lie open. */
  isThere(): Promise<boolean>;
  seal(text: string): Promise<Buffer>;
  open(sealed: Buffer): Promise<string>;
};

const SealedLogins = z.record(z.string(), z.string());
const OpenedLogin = z.object({ username: z.string().optional(), password: z.string().optional(), identitytoken: z.string().optional() });

/** Logins locked away with a key that the system's keychain holds. Without a keychain they live until the app ends. */
export class Keychain {
  readonly #file: string;
  readonly #lock: Lock;
  readonly #untilTheEnd = new Map<string, Credentials>();
  #written: Promise<void> = Promise.resolve();

  constructor(file: string, lock: Lock) {
    this.#file = file;
    this.#lock = lock;
  }

  async find(server: string): Promise<Credentials | undefined> {
    const inMemory = this.#untilTheEnd.get(server);
    const sealed = inMemory ? undefined : (await this.#read())[server];
    if (!sealed) return inMemory;
    try {
      const opened = OpenedLogin.parse(JSON.parse(await this.#lock.open(Buffer.from(sealed, 'base64'))));
      return { ...opened, serveraddress: server };
    } catch {
      return undefined; // sealed on another computer, or the keychain was made anew
    }
  }

  async servers(): Promise<string[]> {
    return [...new Set([...Object.keys(await this.#read()), ...this.#untilTheEnd.keys()])];
  }

  isForgottenAtTheEnd(server: string): boolean {
    return this.#untilTheEnd.has(server);
  }

  async store({ serveraddress, ...secret }: Credentials): Promise<void> {
    if (!(await this.#lock.isThere())) {
      this.#untilTheEnd.set(serveraddress, { ...secret, serveraddress });
      return;
    }
    const sealed = (await this.#lock.seal(JSON.stringify(secret))).toString('base64');
    await this.#change((logins) => ({ ...logins, [serveraddress]: sealed }));
    this.#untilTheEnd.delete(serveraddress);
  }

  async erase(server: string): Promise<void> {
    this.#untilTheEnd.delete(server);
    if (server in (await this.#read())) await this.#change(({ [server]: _, ...others }) => others);
  }

  async #read(): Promise<Record<string, string>> {
    try {
      return SealedLogins.parse(JSON.parse(await readFile(this.#file, 'utf8')));
    } catch {
      return {};
    }
  }

  // one after the other: two at once would write each other's change away
  #change(change: (logins: Record<string, string>) => Record<string, string>): Promise<void> {
    this.#written = this.#written
      .catch(() => {})
      .then(async () => {
        const changed = change(await this.#read());
        await mkdir(dirname(this.#file), { recursive: true });
        await writeFile(`${this.#file}.part`, JSON.stringify(changed), { mode: 0o600 });
        await rename(`${this.#file}.part`, this.#file);
      });
    return this.#written;
  }
}
