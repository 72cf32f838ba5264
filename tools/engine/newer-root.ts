import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { installMissing } from './install-missing.ts';

const packages = ['docker.io', 'docker-cli', 'docker-buildx', 'iptables', 'ca-certificates', 'procps', 'xz-utils'];

/** A folder with Debian 13 and its Docker Engine 26. It takes a minute and 600 MB to make, and is kept in the user's cache. */
export function provideNewerRoot(): string {
  const cache = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'layerdeck');
  const root = join(cache, 'debian-trixie-docker-26');
  if (existsSync(root)) return root;
  installMissing(['debootstrap']);
  mkdirSync(cache, { recursive: true });
  console.log(`Getting Docker Engine 26 out of Debian 13 (600 MB, once): ${root}`);
  const half = mkdtempSync(join(cache, 'half-'));
  const { status, stdout } = spawnSync('debootstrap', ['--variant=minbase', `--include=${packages}`, 'trixie', half, ...mirror()], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (status !== 0) {
    rmSync(half, { recursive: true, force: true });
    throw new Error(`debootstrap ended with ${status}:\n${stdout.split('\n').slice(-10).join('\n')}`);
  }
  try {
    renameSync(half, root);
  } catch (error) {
    rmSync(half, { recursive: true, force: true });
    if (!existsSync(root)) throw error; // somebody else was quicker
  }
  return root;
}

/** Where this machine gets its own Debian packages from; debootstrap knows a place where it does not say. */
function mirror(): string[] {
  const { stdout } = spawnSync(
    'apt-get',
    ['indextargets', '--format', '$(REPO_URI)', 'Identifier: Packages', 'Origin: Debian', 'Label: Debian'],
    {
      encoding: 'utf8',
    },
  );
  const [first] = (stdout ?? '').split('\n').filter((line) => line.startsWith('http'));
  return first ? [first] : [];
}

/** What starts a program of that folder with its own libraries, but sees this machine's files. */
export function programOf(root: string, program: string): string[] {
  const { stdout } = spawnSync('find', [join(root, 'usr/lib'), '-maxdepth', '2', '-name', 'ld-linux*.so*'], { encoding: 'utf8' });
  const loader = stdout.split('\n')[0] ?? '';
  return [loader, '--library-path', loader.slice(0, loader.lastIndexOf('/')), join(root, program)];
}
