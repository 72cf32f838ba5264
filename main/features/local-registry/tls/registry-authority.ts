import { randomBytes, X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import { hostname } from 'node:os';
import * as z from 'zod';
import { JsonFile } from '../../../foundation/files/json-file.ts';
import type { Lock } from '../../../foundation/registries/logins/keychain.ts';
import { ownNames } from './names-of-computer.ts';

const Kept = z.object({
  certificate: z.string(),
  /** The host names, with what is below them, that it can vouch for. */
  permitted: z.array(z.string()),
  /** The private key, locked with the system's keychain, in base64. */
  key: z.string().optional(),
});
type Kept = z.infer<typeof Kept>;
type Opened = { certificate: string; permitted: string[]; key: string };

/** What a registry needs to speak encrypted: its certificate followed by its authority's, and its key, as PEM. */
export type RegistryTls = { chain: string; key: string };

/** Milliseconds for which an authority has to be good for at least, to vouch for one more registry. */
const leastLeft = 400 * 24 * 60 * 60 * 1000;

/**
 * The private authority that vouches for Layerdeck's own registries on this computer. Its key is kept locked, so that a new certificate
 * doesn't have to be trusted anew by everyone; without a keychain it is kept until the app quits.
 */
export class RegistryAuthority {
  readonly #file: JsonFile<Kept>;
  readonly #lock: Lock;
  #inMemory: Opened | undefined;

  constructor(file: string, lock: Lock) {
    this.#file = new JsonFile(file, Kept);
    this.#lock = lock;
  }

  /** Makes a certificate for names and addresses of this computer; those in `must` are in it even if that takes another authority. */
  async issue(names: readonly string[], must: readonly string[] = []): Promise<RegistryTls> {
    // the library takes a while to load, and most people never need it
    const { issueCertificate, makeAuthority } = await import('./make-certificate.ts');
    const own = await this.#opened();
    const isFit = own !== undefined && leftOf(own.certificate) > leastLeft && must.every((name) => mayVouch(own, name));
    const make = (permitted: string[]) => this.#keep({ ...makeAuthority(newName(), permitted), permitted });
    const authority = isFit ? own : await make([...usualNames(), ...must]);
    const vouched = [...new Set([...names, ...must])].filter((name) => mayVouch(authority, name));
    const { certificate, key } = issueCertificate(authority, vouched);
    return { chain: certificate + authority.certificate, key };
  }

  /** Whether the next certificate comes from this authority again. */
  async isSame(certificate: string): Promise<boolean> {
    const own = await this.#opened();
    return own !== undefined && own.certificate.trim() === certificate.trim() && leftOf(certificate) > leastLeft;
  }

  /** Forgets it: nothing can be vouched for any longer to whoever trusts it. */
  async forget(): Promise<void> {
    this.#inMemory = undefined;
    if (await this.#file.read()) await this.#file.write(() => ({ certificate: '', permitted: [] }));
  }

  /** Resolves when everything is on disk. */
  close(): Promise<void> {
    return this.#file.settled();
  }

  async #opened(): Promise<Opened | undefined> {
    if (this.#inMemory) return this.#inMemory;
    const kept = await this.#file.read();
    if (!kept?.key) return undefined;
    try {
      return { ...kept, key: await this.#lock.open(Buffer.from(kept.key, 'base64')) };
    } catch {
      return undefined; // locked on another computer, or the keychain was replaced
    }
  }

  async #keep(made: Opened): Promise<Opened> {
    const isThere = await this.#lock.isThere();
    this.#inMemory = isThere ? undefined : made;
    if (!isThere) return made;
    const key = (await this.#lock.seal(made.key)).toString('base64');
    await this.#file.write(() => ({ ...made, key }));
    return made;
  }
}

/** Names that nobody has in the internet, and this computer's own. */
const usualNames = (): string[] => ['localhost', 'local', 'internal', 'home.arpa', 'test', 'lan', ...ownNames()];

/** Two authorities of one computer have different names: programs look for them by name. */
const newName = (): string => `Layerdeck registries on ${hostname().slice(0, 30)} ${randomBytes(4).toString('hex')}`;

const mayVouch = ({ permitted }: Opened, name: string): boolean =>
  isIP(name) !== 0 || permitted.some((one) => name === one || name.endsWith(`.${one}`));

const leftOf = (certificate: string): number => Date.parse(new X509Certificate(certificate).validTo) - Date.now();
