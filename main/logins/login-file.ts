import { randomBytes } from 'node:crypto';
import { readFile, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod';
import type { Credentials } from './credentials.ts';
import { registryOfServer, serverOf } from './server-names.ts';

// People and programs write these files: what cannot be read is as if it were not there, and spoils nothing beside it.
const Text = z.string().optional().catch(undefined);
const StoredLogin = z.object({ auth: Text, username: Text, password: Text, identitytoken: Text, registrytoken: Text });
const LoginSettings = z.object({
  auths: z.record(z.string(), StoredLogin.catch(StoredLogin.parse({}))).catch({}),
  /** Helper for every registry. */
  credsStore: Text,
  /** Helper by registry. */
  credHelpers: z.record(z.string(), z.string()).catch({}),
});

/** The part of docker's or Podman's settings that is about logins. */
export type LoginSettings = z.infer<typeof LoginSettings>;
type StoredLogin = z.infer<typeof StoredLogin>;

/** Docker's own settings. */
export const dockerLogins = (): LoginFile => new LoginFile(join(process.env.DOCKER_CONFIG ?? join(homedir(), '.docker'), 'config.json'));

/** Where Podman, Buildah and Skopeo keep logins (containers-auth.json(5)); the first that is there counts. */
export function podmanLogins(): LoginFile[] {
  const { REGISTRY_AUTH_FILE, XDG_RUNTIME_DIR, XDG_CONFIG_HOME } = process.env;
  if (REGISTRY_AUTH_FILE) return [new LoginFile(REGISTRY_AUTH_FILE)];
  const folders = [XDG_RUNTIME_DIR, XDG_CONFIG_HOME ?? join(homedir(), '.config')].filter((folder) => folder !== undefined);
  return folders.map((folder) => new LoginFile(join(folder, 'containers', 'auth.json')));
}

/** A file that keeps logins, as docker's config.json. */
export class LoginFile {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  /** Empty where there is none or it cannot be read. */
  async read(): Promise<LoginSettings> {
    return LoginSettings.catch(LoginSettings.parse({})).parse(await this.#json().catch(() => ({})));
  }

  /** Takes a login out of the file, as `docker logout` does; everything else in it stays as it is. */
  async forget(registry: string): Promise<void> {
    const { auths } = await this.read();
    const names = Object.keys(auths).filter((key) => isSame(key, serverOf(registry)));
    if (names.length === 0) return;
    const whole = (await this.#json()) as { auths: Record<string, unknown> };
    const others = Object.fromEntries(Object.entries(whole.auths).filter(([key]) => !names.includes(key)));
    const file = await realpath(this.#path); // people keep it as a link into a folder of settings
    const partial = `${file}.${randomBytes(4).toString('hex')}.part`;
    try {
      const text = `${JSON.stringify({ ...whole, auths: others }, null, '\t')}\n`;
      await writeFile(partial, text, { mode: (await stat(file)).mode & 0o777 });
      await rename(partial, file);
    } catch (error) {
      await rm(partial, { force: true });
      throw error;
    }
  }

  async #json(): Promise<unknown> {
    return JSON.parse(await readFile(this.#path, 'utf8'));
  }
}

/** The helper that keeps the login of a registry, if any. */
export const helperFor = ({ credHelpers, credsStore }: LoginSettings, registry: string | undefined): string | undefined =>
  new Map(Object.entries(credHelpers)).get(serverOf(registry)) ?? credsStore;

/** The login for a registry that stands in the file itself; undefined where there is none, or an empty or unreadable one. */
export function loginInFile({ auths }: LoginSettings, registry: string | undefined): Credentials | undefined {
  const server = serverOf(registry);
  const entries = new Map(Object.entries(auths));
  const entry = entries.get(server) ?? [...entries].find(([key]) => isSame(key, server))?.[1];
  return entry && credentialsOf(entry, server);
}

function credentialsOf({ auth, identitytoken, registrytoken, ...named }: StoredLogin, serveraddress: string): Credentials | undefined {
  if (identitytoken) return { identitytoken, serveraddress };
  if (registrytoken) return { registrytoken, serveraddress };
  const [username, ...password] = auth ? Buffer.from(auth, 'base64').toString('utf8').split(':') : [named.username, named.password ?? ''];
  // without a ":" it is no name and password at all; old versions of docker filled it up with zeros
  if (!username || password.length === 0) return undefined;
  return { username, password: password.join(':').replace(/^\0+|\0+$/g, ''), serveraddress };
}

/** A key may carry a scheme and the path of an old protocol, but one of a part of a registry (`quay.io/team`) is not for all of it. */
function isSame(key: string, server: string): boolean {
  const isForPart = !/^https?:/.test(key) && key.includes('/');
  return !isForPart && registryOfServer(key) === registryOfServer(server);
}
