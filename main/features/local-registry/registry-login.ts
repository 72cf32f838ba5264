import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { hash } from 'bcryptjs';
import type Docker from 'dockerode';
import { tarFile } from '../../foundation/formats/tar/rewrite-tar.ts';
import { tarEnd } from '../../foundation/formats/tar/tar-header.ts';
import { readSmallFile } from './settings-file.ts';

/** Where the volume is in the registry's container. */
export const inside = '/var/lib/registry';
/** Beside the folder of the registry's own, which it leaves alone. It stays in the volume, so that a new container asks for the same sign-in. */
const name = 'layerdeck-htpasswd';

/**
 * How often bcrypt goes round, as a power of two. The registry does it anew at every request, so that a push would be slow with more; the
 * password is random and as long as a key, and gains nothing by it.
 */
const rounds = 6;

/** A password that nobody guesses. */
export const makePassword = (): string => randomBytes(18).toString('base64url');

/** The line by which the registry knows somebody. */
export const passwordLine = async (username: string, password: string): Promise<string> => `${username}:${await hash(password, rounds)}\n`;

/** Writes down who may sign in; without a line, everybody is let in. It counts for containers made from then on. */
export async function keepLogin(container: Docker.Container, line: string): Promise<void> {
  const tarball = Readable.from([Buffer.concat([...tarFile(name, Buffer.from(line)), tarEnd()])]);
  await container.putArchive(tarball, { path: inside });
}

/** Who may sign in, as it was written down; empty if nobody has to. The container must not run: in one that does, Podman looks below the volume. */
export async function readLogin(container: Docker.Container): Promise<string> {
  if (!(await hasLogin(container))) return '';
  return (await readSmallFile(container, `${inside}/${name}`)).toString();
}

/** Whether the volume in a container says who may sign in. Rejects if the engine's answer is unclear. */
export async function hasLogin(container: Docker.Container): Promise<boolean> {
  try {
    const { headers } = (await container.infoArchive({ path: `${inside}/${name}` })) as { headers: Record<string, string | undefined> };
    const stat = JSON.parse(Buffer.from(headers['x-docker-container-path-stat'] ?? '', 'base64').toString()) as { size?: number };
    return (stat.size ?? 0) > 0;
  } catch (error) {
    if ((error as { statusCode?: number }).statusCode === 404) return false;
    throw error;
  }
}

/** What makes a registry ask for a sign-in. */
export const loginSettings = [
  'REGISTRY_AUTH=htpasswd',
  'REGISTRY_AUTH_HTPASSWD_REALM=Layerdeck',
  `REGISTRY_AUTH_HTPASSWD_PATH=${inside}/${name}`,
];
