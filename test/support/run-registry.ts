import { startRegistry } from '../../tools/engine/start-registry.ts';
import { makeCertificate } from './make-certificate.ts';
import { startSlowProxy } from './slow-proxy.ts';
import { WorkFolder } from './work-folder.ts';

/** The login that a registry accepts; its base64 has "+" and "/" in it, too. */
export const someone = { username: 'someone', password: 'a+b/c+d/e==:f' };
/** Hash of that password, with bcrypt. */
const htpasswd = `${someone.username}:$2b$05$TCWuqRFhYgyOLuvp8akdi.Xia5hJ0p5Gzz./xwtzwi02Yp8iFaQCO\n`;

type How = {
  /** Lets in only `someone`. */
  login?: boolean;
  /** Sends everybody to the token service. */
  tokens?: { settings: Record<string, string> };
  /** Encrypted, at this non-loopback address, with a certificate from an unknown authority. */
  tlsAt?: string;
};

/** A registry of its own for a test, on a free port of this computer; gone at the end of the scope. */
export async function runRegistry(how: How = {}) {
  const { login, tokens, tlsAt } = how;
  const folder = new WorkFolder({ htpasswd });
  if (tlsAt) makeCertificate(folder.path, tlsAt);
  const settings = { ...(login && loginSettings(folder)), ...tokens?.settings, ...(tlsAt && tlsSettings(folder)) };
  const { port, stop, pause, goOn } = await startRegistry(folder.file('registry'), { ...(tlsAt && { host: tlsAt }), settings });
  const at = `http://localhost:${port}`;
  return {
    address: tlsAt ? `${tlsAt}:${port}` : `localhost:${port}`,
    port,
    /** The authority behind its certificate. */
    authority: folder.file('ca.crt'),
    /** The tags of a repository, as the registry itself says; empty if it has none. */
    tagsOf: async (repository: string): Promise<string[]> => {
      const answer = await fetch(`${at}/v2/${repository}/tags/list`);
      return answer.ok ? ((await answer.json()) as { tags: string[] }).tags : [];
    },
    /** The digest of a tag, as the registry itself says. */
    digestOf: async (repository: string, tag: string): Promise<string | null> => {
      const headers = { accept: 'application/vnd.docker.distribution.manifest.v2+json, application/vnd.oci.image.manifest.v1+json' };
      return (await fetch(`${at}/v2/${repository}/manifests/${tag}`, { headers })).headers.get('docker-content-digest');
    },
    /** Accepts connections and answers nothing until it is resumed. */
    pause,
    goOn,
    /** A proxy in front of it that lets through so many bytes a second. */
    slowDoor: (bytesPerSecond: number) => startSlowProxy({ host: '127.0.0.1', port }, bytesPerSecond),
    [Symbol.asyncDispose]: async () => {
      await stop();
      folder[Symbol.dispose]();
    },
  };
}

const loginSettings = (folder: WorkFolder) => ({
  AUTH: 'htpasswd',
  AUTH_HTPASSWD_REALM: 'test',
  AUTH_HTPASSWD_PATH: folder.file('htpasswd'),
});

const tlsSettings = (folder: WorkFolder) => ({
  HTTP_TLS_CERTIFICATE: folder.file('server.crt'),
  HTTP_TLS_KEY: folder.file('server.key'),
});
