import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod';
import { changeSettingsFile } from '../../files/change-settings-file.ts';
import type { Credentials } from './credentials.ts';
import { registryOfServer, serverOf } from './server-names.ts';

// people and programs write these files, so unreadable parts count as missing and do not affect the rest
const Text = z.string().optional().catch(undefined);
const StoredLogin = z.object({ auth: Text, username: Text, password: Text, identitytoken: Text, registrytoken: Text });
const LoginSettings = z.object({
  auths: z.record(z.string(), StoredLogin.catch(StoredLogin.parse({}))).catch({}),
  /** The helper for every registry. */
  credsStore: Text,
  /** Helpers by registry. */
  credHelpers: z.record(z.string(), z.string()).catch({}),
});

/** The part of docker's or Podman's settings that concerns logins. */
export type LoginSettings = z.infer<typeof LoginSettings>;
type StoredLogin = z.infer<typeof StoredLogin>;

/** Docker's own settings. */
export const dockerLogins = (): LoginFile => new LoginFile(join(process.env.DOCKER_CONFIG ?? join(homedir(), '.docker'), 'config.json'));

/** Where Podman, Buildah and Skopeo store logins (containers-auth.json(5)); the first file that exists counts. */
export function podmanLogins(): LoginFile[] {
  const { REGISTRY_AUTH_FILE, XDG_RUNTIME_DIR, XDG_CONFIG_HOME } = process.env;
  if (REGISTRY_AUTH_FILE) return [new LoginFile(REGISTRY_AUTH_FILE)];
  const folders = [XDG_RUNTIME_DIR, XDG_CONFIG_HOME ?? join(homedir(), '.config')].filter((folder) => folder !== undefined);
  return folders.map((folder) => new LoginFile(join(folder, 'containers', 'auth.json')));
}

/** A file with logins, such as docker's config.json. */
export class LoginFile {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  /** Empty if the file is missing or unreadable. */
  async read(): Promise<LoginSettings> {
    return LoginSettings.catch(LoginSettings.parse({})).parse(await this.#json().catch(() => ({})));
  }

  /** Removes a login from the file, as `docker logout` does; everything else stays the same. */
  async forget(registry: string): Promise<void> {
    const { auths } = await this.read();
    const names = Object.keys(auths).filter((key) => isSame(key, serverOf(registry)));
    if (names.length === 0) return;
    await changeSettingsFile(this.#path, ({ auths, ...others }) => ({
      ...others,
      auths: Object.fromEntries(Object.entries(auths as Record<string, unknown>).filter(([key]) => !names.includes(key))),
    }));
  }

  async #json(): Promise<unknown> {
    return JSON.parse(await readFile(this.#path, 'utf8'));
  }
}

/** The helper that stores a registry's login, if any. */
export const helperFor = ({ credHelpers, credsStore }: LoginSettings, registry: string | undefined): string | undefined =>
  new Map(Object.entries(credHelpers)).get(serverOf(registry)) ?? credsStore;

/** A registry's login in the file itself; undefined if there is none or it is empty or unreadable. */
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
  // without a ":" it is not a name and password; old docker versions padded it with zeros
  if (!username || password.length === 0) return undefined;
  return { username, password: password.join(':').replace(/^\0+|\0+$/g, ''), serveraddress };
}

/** A key may have a scheme and an old protocol's path; one for part of a registry (`quay.io/team`) does not apply to all of it. */
function isSame(key: string, server: string): boolean {
  const isForPart = !/^https?:/.test(key) && key.includes('/');
  return !isForPart && registryOfServer(key) === registryOfServer(server);
}
