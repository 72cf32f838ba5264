import { randomBytes } from 'node:crypto';
import { readFile, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Credentials } from './credentials.ts';
import { registryOfServer, serverOf } from './server-names.ts';

type StoredLogin = { auth?: string; identitytoken?: string };

/** The part of docker's configuration that is about logins. */
export type DockerConfig = {
  auths?: Record<string, StoredLogin>;
  /** Helper for every registry. */
  credsStore?: string;
  /** Helper by registry. */
  credHelpers?: Record<string, string>;
};

const configFile = (): string => join(process.env.DOCKER_CONFIG ?? join(homedir(), '.docker'), 'config.json');

/** Empty where there is none or it cannot be read. */
export async function readDockerConfig(): Promise<DockerConfig> {
  try {
    return JSON.parse(await readFile(configFile(), 'utf8')) as DockerConfig;
  } catch {
    return {};
  }
}

/** The helper that keeps the login of a registry, if any. */
export const helperFor = ({ credHelpers = {}, credsStore }: DockerConfig, registry: string | undefined): string | undefined =>
  new Map(Object.entries(credHelpers)).get(serverOf(registry)) ?? credsStore;

/** The login that stands in the file itself. */
export function loginInFile({ auths = {} }: DockerConfig, registry: string | undefined): Credentials | undefined {
  const server = serverOf(registry);
  const name = Object.keys(auths).find((key) => key === server) ?? Object.keys(auths).find((key) => isSame(key, server));
  const entry = name === undefined ? undefined : auths[name];
  if (entry?.identitytoken) return { identitytoken: entry.identitytoken, serveraddress: server };
  if (!entry?.auth) return undefined;
  const [username = '', ...password] = Buffer.from(entry.auth, 'base64').toString('utf8').split(':');
  return { username, password: password.join(':'), serveraddress: server };
}

/** Takes a login out of the file, as `docker logout` does; everything else in it stays as it is. */
export async function forgetInFile(registry: string): Promise<void> {
  const config = await readDockerConfig();
  const server = serverOf(registry);
  const names = Object.keys(config.auths ?? {}).filter((key) => isSame(key, server));
  if (names.length === 0) return;
  const auths = Object.fromEntries(Object.entries(config.auths ?? {}).filter(([key]) => !names.includes(key)));
  const file = await realpath(configFile()); // people keep it as a link into a folder of settings
  const partial = `${file}.${randomBytes(4).toString('hex')}.part`;
  try {
    await writeFile(partial, `${JSON.stringify({ ...config, auths }, null, '\t')}\n`, { mode: (await stat(file)).mode & 0o777 });
    await rename(partial, file);
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
}

const isSame = (key: string, server: string): boolean => registryOfServer(key) === registryOfServer(server);
