import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { installMissing } from './install-missing.ts';

/** Newer Debians whose engines run beside this system's own. */
export type Suite = 'trixie' | 'forky';

/** What a Debian is made with: packages by a file that shows that one is there. */
const common: Record<string, string> = {
  'docker.io': 'usr/sbin/dockerd',
  'docker-cli': 'usr/bin/docker',
  'docker-buildx': 'usr/libexec/docker/cli-plugins/docker-buildx',
  'docker-compose': 'usr/bin/docker-compose',
  iptables: 'usr/sbin/xtables-nft-multi',
  'ca-certificates': 'etc/ca-certificates.conf',
  procps: 'usr/bin/ps',
  'xz-utils': 'usr/bin/xz',
};

const suites: Record<Suite, { says: string; packages: Record<string, string> }> = {
  trixie: { says: 'Docker 26 out of Debian 13 (600 MB, once)', packages: common },
  forky: {
    says: 'Docker 28 and Podman 5 out of Debian’s testing (1 GB, once)',
    packages: { ...common, podman: 'usr/bin/podman', runc: 'usr/bin/runc', nftables: 'usr/sbin/nft' },
  },
};

/** A folder with a newer Debian and its engines. It takes a minute to make, and is kept in the user's cache. */
export function provideRoot(suite: Suite): string {
  const cache = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'layerdeck');
  const root = join(cache, `debian-${suite}`);
  if (!existsSync(root)) makeRoot(suite, cache, root);
  addMissing(root, suites[suite].packages);
  return root;
}

function makeRoot(suite: Suite, cache: string, root: string): void {
  installMissing(['debootstrap']);
  mkdirSync(cache, { recursive: true });
  console.log(`Getting ${suites[suite].says}: ${root}`);
  const half = mkdtempSync(join(cache, 'half-'));
  const packages = Object.keys(suites[suite].packages).join(',');
  const { status, stdout } = spawnSync('debootstrap', ['--variant=minbase', `--include=${packages}`, suite, half, ...sourceOf(suite)], {
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
    if (!existsSync(root)) throw error; // another process was quicker
  }
}

/** Adds what became part of a Debian after its folder was made. */
function addMissing(root: string, packages: Record<string, string>): void {
  const missing = Object.keys(packages).filter((name) => !existsSync(join(root, packages[name] ?? '')));
  if (missing.length === 0) return;
  console.log(`Adding to it what is new: ${missing.join(' ')}`);
  copyFileSync('/etc/resolv.conf', join(root, 'etc/resolv.conf'));
  const inRoot = (args: string[]) =>
    spawnSync('chroot', [root, 'apt-get', '-qq', ...args], {
      encoding: 'utf8',
      env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', DEBIAN_FRONTEND: 'noninteractive' },
    });
  inRoot(['update']);
  const { status, stderr } = inRoot(['install', '--yes', '--no-install-recommends', ...missing]);
  if (status !== 0) throw new Error(`apt-get could not add ${missing.join(' ')}:\n${stderr}`);
}

/** Where debootstrap gets a suite from, and its script where it does not know the suite; it has defaults of its own. */
function sourceOf(suite: Suite): string[] {
  const [address] = mirrors();
  if (!address) return [];
  const scripts = '/usr/share/debootstrap/scripts';
  return existsSync(join(scripts, suite)) ? [address] : [address, join(scripts, 'sid')];
}

/** Where this computer gets its own Debian packages from. */
function mirrors(): string[] {
  const { stdout } = spawnSync(
    'apt-get',
    ['indextargets', '--format', '$(REPO_URI)', 'Identifier: Packages', 'Origin: Debian', 'Label: Debian'],
    { encoding: 'utf8' },
  );
  return (stdout ?? '').split('\n').filter((line) => line.startsWith('http'));
}

/** The command that starts a program of such a folder with its own libraries, but with this computer's files in view. */
export function programOf(root: string, program: string): string[] {
  const { stdout } = spawnSync('find', [join(root, 'usr/lib'), '-maxdepth', '2', '-name', 'ld-linux*.so*'], { encoding: 'utf8' });
  const loader = stdout.split('\n')[0] ?? '';
  return [loader, '--library-path', loader.slice(0, loader.lastIndexOf('/')), join(root, program)];
}
