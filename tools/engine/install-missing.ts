import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** Debian's packages by the file that shows that one is there. */
const debianPackages: Record<string, string[]> = {
  'docker.io': ['/usr/sbin/dockerd', '/usr/bin/docker'],
  'docker-registry': ['/usr/bin/docker-registry'],
  'busybox-static': ['/bin/busybox'],
  iptables: ['/usr/sbin/iptables'],
  chromium: ['/usr/bin/chromium', '/opt/google/chrome/chrome'],
  xvfb: ['/usr/bin/Xvfb'],
};

export type DebianPackage = 'docker.io' | 'docker-registry' | 'busybox-static' | 'iptables' | 'chromium' | 'xvfb';

export const enginePackages: DebianPackage[] = ['docker.io', 'docker-registry', 'busybox-static', 'iptables'];

/** Says in one line which Debian packages are missing and installs them; fails with a sentence where that cannot be. */
export function installMissing(wanted: DebianPackage[] = enginePackages): void {
  const missing = wanted.filter((name) => !hasPackage(name));
  if (missing.length === 0) return;
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) {
    throw new Error(
      `Missing here: ${missing.join(', ')}. Install them, or run as root on Debian. LAYERDECK_TEST_ENGINE=unix:///path names an engine to use instead of a private one.`,
    );
  }
  console.log(`Installing from Debian, as the tests need them: ${missing.join(' ')}`);
  const install = ['install', '--yes', '--no-install-recommends', ...missing];
  // The first try may work without the list of packages being fetched again.
  if (aptGet(install)) return;
  aptGet(['update']);
  if (!aptGet(install)) throw new Error(`apt-get could not install ${missing.join(' ')}.`);
}

const hasPackage = (name: DebianPackage): boolean =>
  name === 'chromium' || name === 'iptables'
    ? (debianPackages[name] ?? []).some((file) => existsSync(file))
    : (debianPackages[name] ?? []).every((file) => existsSync(file));

function aptGet(args: string[]): boolean {
  // Without this the engine's package would start a service of its own.
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' };
  const { status, stderr } = spawnSync('apt-get', ['-qq', ...args], { env, stdio: ['ignore', 'ignore', 'pipe'] });
  if (status !== 0 && process.env.DEBUG) process.stderr.write(stderr);
  return status === 0;
}
