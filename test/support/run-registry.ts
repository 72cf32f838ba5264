import { connect } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import type { Engine } from '../../tools/engine/engine.ts';
import { makeCertificate } from './make-certificate.ts';
import { startSlowProxy } from './slow-proxy.ts';
import { WorkFolder } from './work-folder.ts';

/** Who is let in by a registry with a login; base64 of the two has "+" and "/" in it as well. */
export const someone = { username: 'someone', password: 'a+b/c+d/e==:f' };
/** Of that password, with bcrypt. */
const htpasswd = `${someone.username}:$2b$05$TCWuqRFhYgyOLuvp8akdi.Xia5hJ0p5Gzz./xwtzwi02Yp8iFaQCO\n`;

type How = {
  image?: string;
  arguments?: string[];
  /** Lets in only `someone`. */
  login?: boolean;
  /** Sends everybody to who gives tokens. */
  tokens?: { settings: Record<string, string>; folder: string };
  /** Encrypted, at this address that is no loopback, with a certificate of an authority that nobody knows. */
  tlsAt?: string;
};

/** A registry of its own for a test, on a free port of this computer; gone at the end of the scope. */
export async function runRegistry({ docker }: Pick<Engine, 'docker'>, how: How = {}) {
  const { image = 'registry:2', arguments: further = [], login, tokens, tlsAt } = how;
  const folder = new WorkFolder({ htpasswd });
  const host = tlsAt ?? '127.0.0.1';
  if (tlsAt) makeCertificate(folder.path, tlsAt);
  const settings = { ...(login && loginSettings), ...tokens?.settings, ...(tlsAt && tlsSettings) };
  const environment = Object.entries(settings).flatMap(([name, value]) => ['--env', `REGISTRY_${name}=${value}`]);
  const mounted = ['--volume', `${folder.path}:/given:ro`, ...(tokens ? ['--volume', `${tokens.folder}:/token:ro`] : [])];
  const run = ['run', '--detach', '--publish', `${host}:0:5000`, ...mounted, ...environment, ...further, image];
  const container = (await docker(run)).trim();
  const port = Number((await docker(['port', container, '5000'])).trim().split(':').pop());
  await untilItListens(host, port);
  const at = `http://localhost:${port}`;
  return {
    address: tlsAt ? `${tlsAt}:${port}` : `localhost:${port}`,
    port,
    /** The authority behind its certificate. */
    authority: folder.file('ca.crt'),
    /** The tags of a repository, as the registry itself says; empty where it has none. */
    tagsOf: async (repository: string): Promise<string[]> => {
      const answer = await fetch(`${at}/v2/${repository}/tags/list`);
      return answer.ok ? ((await answer.json()) as { tags: string[] }).tags : [];
    },
    /** The digest of a tag, as the registry itself says. */
    digestOf: async (repository: string, tag: string): Promise<string | null> => {
      const headers = { accept: 'application/vnd.docker.distribution.manifest.v2+json' };
      return (await fetch(`${at}/v2/${repository}/manifests/${tag}`, { headers })).headers.get('docker-content-digest');
    },
    /** A door to it that lets through so many bytes a second. */
    slowDoor: (bytesPerSecond: number) => startSlowProxy({ host: '127.0.0.1', port }, bytesPerSecond),
    [Symbol.asyncDispose]: async () => {
      await docker(['rm', '--force', '--volumes', container]);
      folder[Symbol.dispose]();
    },
  };
}

const loginSettings = { AUTH: 'htpasswd', AUTH_HTPASSWD_REALM: 'test', AUTH_HTPASSWD_PATH: '/given/htpasswd' };
const tlsSettings = { HTTP_TLS_CERTIFICATE: '/given/server.crt', HTTP_TLS_KEY: '/given/server.key' };

// its container runs a moment before it listens
async function untilItListens(host: string, port: number): Promise<void> {
  const until = Date.now() + 15_000;
  while (!(await listens(host, port))) {
    if (Date.now() > until) throw new Error(`nothing listens at ${host}:${port}`);
    await wait(50);
  }
}

// docker's own proxy takes connections before the registry does, and drops them
const listens = (host: string, port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, host, () => socket.write('GET /v2/ HTTP/1.0\r\n\r\n'));
    socket
      .once('data', () => resolve(true))
      .once('error', () => resolve(false))
      .once('close', () => resolve(false));
    socket.once('data', () => socket.destroy());
  });
