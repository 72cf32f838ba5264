import { readdir, readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { getCACertificates } from 'node:tls';

export type TrustedCertificates = { ca: (string | Buffer)[]; cert?: Buffer; key?: Buffer };

/** Where engines look for a registry's certificates (docs.docker.com, "Use certificates"). */
const folders = (): string[] => [
  '/etc/docker/certs.d',
  '/etc/containers/certs.d',
  join(homedir(), '.docker', 'certs.d'),
  join(homedir(), '.config', 'docker', 'certs.d'),
  join(homedir(), '.config', 'containers', 'certs.d'),
];

/** The authorities trusted for a registry: the system's, and those configured for the engine. */
export async function trustedCertificates(host: string): Promise<TrustedCertificates> {
  const found = await Promise.all(folders().map((folder) => certificatesIn(join(folder, host))));
  const pair = found.find(({ cert, key }) => cert && key);
  return {
    ca: [...getCACertificates('default'), ...systemAuthorities(), ...found.flatMap(({ ca }) => ca)],
    ...(pair?.cert && pair.key && { cert: pair.cert, key: pair.key }),
  };
}

async function certificatesIn(folder: string): Promise<TrustedCertificates> {
  const names = await readdir(folder).catch(() => []);
  const read = (name: string | undefined) => (name ? readFile(join(folder, name)).catch(() => undefined) : undefined);
  const ca = await Promise.all(names.filter((name) => name.endsWith('.crt')).map(read));
  const own = names.find((name) => name.endsWith('.cert'));
  const [cert, key] = await Promise.all([read(own), read(own?.replace(/\.cert$/, '.key'))]);
  return { ca: ca.filter((one) => one !== undefined), ...(cert && { cert }), ...(key && { key }) };
}

function systemAuthorities(): string[] {
  try {
    return getCACertificates('system');
  } catch {
    return []; // a system without a certificate store
  }
}
