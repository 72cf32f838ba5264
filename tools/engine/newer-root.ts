import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { installMissing } from './install-missing.ts';

const packages = ['docker.io', 'docker-cli', 'docker-buildx', 'docker-compose', 'iptables', 'ca-certificates', 'procps', 'xz-utils'];

/** A folder with Debian 13 and its Docker Engine 26. It takes a minute and 600 MB to make, and is kept in the user's cache. */
export function provideNewerRoot(): string {
  const cache = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'layerdeck');
  const root = join(cache, 'debian-trixie-docker-26');
  if (existsSync(root)) return withCompose(root);
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

/** One that was made before Compose 2 belonged to it gets it added. */
function withCompose(root: string): string {
  if (existsSync(join(root, 'usr/bin/docker-compose'))) return root;
  console.log('Adding Compose 2 to it (60 MB, once)');
  copyFileSync('/etc/resolv.conf', join(root, 'etc/resolv.conf'));
  const { status, stderr } = spawnSync(
    'chroot',
    [root, 'apt-get', '-qq', 'install', '--yes', '--no-install-recommends', 'docker-compose'],
    {
      encoding: 'utf8',
      env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', DEBIAN_FRONTEND: 'noninteractive' },
    },
  );
  if (status !== 0) throw new Error(`apt-get could not add Compose 2:\n${stderr}`);
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
