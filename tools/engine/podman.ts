import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EngineOptions } from './engine.ts';
import type { Workspace } from './workspace.ts';

const registriesFile = ({ folder }: Workspace): string => join(folder, 'registries.conf');

/** What Podman is told on its command line to answer on a socket as dockerd does. */
export const podmanArguments = (workspace: Workspace): string[] => [
  `--root=${workspace.dataRoot}`,
  `--runroot=${workspace.execRoot}`,
  '--storage-driver=overlay',
  '--cgroup-manager=cgroupfs',
  '--events-backend=file',
  'system',
  'service',
  '--time=0',
  `unix://${workspace.socket}`,
];

/** Writes Podman's own settings. */
export function configurePodman(workspace: Workspace, { insecureRegistries = [] }: EngineOptions): void {
  const containers = [
    '[containers]',
    // crun refuses mixed control groups, and the default limits can be above the machine's
    'default_ulimits = ["nofile=1024:4096", "nproc=1024:4096"]',
    // no firewall rules, and nothing of another engine's networks
    'netns = "host"',
    '[engine]',
    'runtime = "runc"',
  ];
  writeFileSync(workspace.configFile, `${containers.join('\n')}\n`);
  // Podman 4.3 does not let a single pull say that a registry on this computer has no certificate
  const plain = ['localhost', '127.0.0.1', ...insecureRegistries];
  const registries = plain.map((name) => `[[registry]]\nprefix = "${name}"\nlocation = "${name}"\ninsecure = true\n`);
  writeFileSync(registriesFile(workspace), registries.join('\n'));
}

/** Where Podman finds its own settings. */
export const podmanEnvironment = (workspace: Workspace): NodeJS.ProcessEnv => ({
  CONTAINERS_CONF: workspace.configFile,
  CONTAINERS_REGISTRIES_CONF: registriesFile(workspace),
});
