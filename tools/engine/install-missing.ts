import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** Debian's packages by the file that shows that the package is installed. */
const debianPackages = {
  'docker.io': ['/usr/sbin/dockerd', '/usr/bin/docker'],
  'docker-registry': ['/usr/bin/docker-registry'],
  'busybox-static': ['/bin/busybox'],
  iptables: ['/usr/sbin/iptables'],
  iproute2: ['/usr/sbin/ip', '/sbin/ip', '/bin/ip', '/usr/bin/ip'],
  debootstrap: ['/usr/sbin/debootstrap'],
  podman: ['/usr/bin/podman'],
  skopeo: ['/usr/bin/skopeo'],
  umoci: ['/usr/bin/umoci'],
  buildah: ['/usr/bin/buildah'],
  // makes layers that bring a list of their files along
  'stargz-snapshotter': ['/usr/bin/ctr-remote'],
  // makes packages and databases of them
  rpm: ['/usr/bin/rpm', '/usr/bin/rpmbuild'],
  // bsdtar, the tar of BSD, macOS and Windows
  'libarchive-tools': ['/usr/bin/bsdtar'],
  // an agent and its client, for builds that use SSH keys
  'openssh-client': ['/usr/bin/ssh-agent', '/usr/bin/ssh-add'],
  // what an engine over SSH is reached by
  'openssh-server': ['/usr/sbin/sshd'],
  // reads and writes the capabilities of files, which docker's cache looks at
  attr: ['/usr/bin/getfattr', '/usr/bin/setfattr'],
  // other programs that build, each packing what it sends in its own way
  'docker-compose': ['/usr/bin/docker-compose'],
  'python3-docker': ['/usr/lib/python3/dist-packages/docker'],
  chromium: ['/usr/bin/chromium', '/opt/google/chrome/chrome'],
};

/** Packages for which one of the files is enough: they moved between Debian's versions, or another vendor's will do. */
const anyFile = new Set<DebianPackage>(['chromium', 'iptables', 'iproute2']);

export type DebianPackage = keyof typeof debianPackages;

export const enginePackages: DebianPackage[] = [
  'docker.io',
  'docker-registry',
  'busybox-static',
  'iptables',
  'iproute2',
  'attr',
  'openssh-client',
];

/** Says in one line which Debian packages are missing and installs them; fails with a sentence if that is impossible. */
export function installMissing(wanted: DebianPackage[] = enginePackages): void {
  const missing = wanted.filter((name) => !hasPackage(name));
  if (missing.length === 0) return;
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) {
    throw new Error(
      `Missing here: ${missing.join(', ')}. Install them, or run as root on Debian. LAYERDECK_TEST_ENGINE=unix:///path names an engine to use instead of a private one.`,
    );
  }
  console.log(`Installing what is missing from Debian’s packages: ${missing.join(' ')}`);
  const install = () => aptGet(['install', '--yes', '--no-install-recommends', ...missing.flatMap(packagesOf)]);
  // the first try may work without fetching the list of packages again
  if (install()) return;
  aptGet(['update']);
  if (!install()) throw new Error(`apt-get could not install ${missing.join(' ')}.`);
}

// Debian 13 has the docker command in a package of its own, which Debian 12 lacks
const packagesOf = (name: DebianPackage): string[] => (name === 'docker.io' && isKnown('docker-cli') ? [name, 'docker-cli'] : [name]);

const isKnown = (name: string): boolean => spawnSync('apt-cache', ['show', name], { stdio: 'ignore' }).status === 0;

function hasPackage(name: DebianPackage): boolean {
  const files = debianPackages[name];
  return anyFile.has(name) ? files.some((file) => existsSync(file)) : files.every((file) => existsSync(file));
}

function aptGet(args: string[]): boolean {
  // without this the engine's package would start a service of its own
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' };
  const { status, stderr } = spawnSync('apt-get', ['-qq', ...args], { env, stdio: ['ignore', 'ignore', 'pipe'] });
  if (status !== 0 && process.env.DEBUG) process.stderr.write(stderr);
  return status === 0;
}
