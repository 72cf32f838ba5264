import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';

export type Credentials = { username?: string; password?: string; identitytoken?: string; serveraddress: string };

type DockerConfig = {
  auths?: Record<string, { auth?: string; identitytoken?: string }>;
  credsStore?: string;
  credHelpers?: Record<string, string>;
};

/** The name under which docker keeps the login of Docker Hub. */
const dockerHub = 'https://index.docker.io/v1/';
/** Where helpers are that an app started from the desktop does not have on its PATH. */
const helperFolders = ['/usr/local/bin', '/opt/homebrew/bin', '/Applications/Docker.app/Contents/Resources/bin'];

/** The login that docker's own configuration or credential helper has for a registry; undefined where there is none. */
export async function findCredentials(registry: string | undefined): Promise<Credentials | undefined> {
  const server = !registry || registry === 'docker.io' ? dockerHub : registry;
  const config = await readConfig();
  const helper = config.credHelpers?.[server] ?? config.credsStore;
  const found = helper ? await askHelper(helper, server) : undefined;
  return found ?? fromAuths(config, server);
}

/** Value of the `X-Registry-Auth` header; an empty login where there is none, as push refuses a missing header. */
export async function registryAuthHeader(registry: string | undefined): Promise<string> {
  return toHeader((await findCredentials(registry)) ?? {});
}

// the URL's alphabet for Docker, but padded: Podman refuses it otherwise
const toHeader = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64').replaceAll('+', '-').replaceAll('/', '_');

/** Value of the `X-Registry-Config` header: every login there is, as the classic builder does not say which it needs. */
export async function registryConfigHeader(): Promise<string> {
  const { auths, credHelpers } = await readConfig();
  const servers = [...new Set([...Object.keys(auths ?? {}), ...Object.keys(credHelpers ?? {})])];
  const logins = await Promise.all(servers.map(async (server) => [server, await findCredentials(server)] as const));
  return toHeader(Object.fromEntries(logins.filter(([, login]) => login !== undefined)));
}

async function readConfig(): Promise<DockerConfig> {
  const folder = process.env.DOCKER_CONFIG ?? join(homedir(), '.docker');
  try {
    return JSON.parse(await readFile(join(folder, 'config.json'), 'utf8')) as DockerConfig;
  } catch {
    return {};
  }
}

function fromAuths({ auths }: DockerConfig, server: string): Credentials | undefined {
  const entry = auths?.[server] ?? auths?.[`https://${server}`];
  if (entry?.identitytoken) return { identitytoken: entry.identitytoken, serveraddress: server };
  if (!entry?.auth) return undefined;
  const [username = '', ...password] = Buffer.from(entry.auth, 'base64').toString('utf8').split(':');
  return { username, password: password.join(':'), serveraddress: server };
}

function askHelper(name: string, server: string): Promise<Credentials | undefined> {
  if (!/^[\w.-]+$/.test(name)) return Promise.resolve(undefined);
  const env = { ...process.env, PATH: [process.env.PATH, ...helperFolders].join(delimiter) };
  return new Promise((resolve) => {
    const child = execFile(`docker-credential-${name}`, ['get'], { env, timeout: 10_000 }, (error, stdout) => {
      // a helper fails where it knows no login: then there is none
      resolve(error ? undefined : parseHelper(stdout, server));
    });
    child.stdin?.on('error', () => {}).end(server);
  });
}

function parseHelper(text: string, serveraddress: string): Credentials | undefined {
  try {
    const { Username, Secret } = JSON.parse(text) as { Username: string; Secret: string };
    return Username === '<token>' ? { identitytoken: Secret, serveraddress } : { username: Username, password: Secret, serveraddress };
  } catch {
    return undefined;
  }
}
