import { writeFileSync } from 'node:fs';
import type { EngineOptions } from './engine.ts';
import type { EngineKindFacts } from './engine-kinds.ts';
import { controlGroupOf } from './remove-traces.ts';
import type { Workspace } from './workspace.ts';

/** What dockerd is told on its command line. */
export const dockerdArguments = (workspace: Workspace, storageDriver: string | undefined): string[] => [
  `--host=unix://${workspace.socket}`,
  `--data-root=${workspace.dataRoot}`,
  `--exec-root=${workspace.execRoot}`,
  `--pidfile=${workspace.pidFile}`,
  `--config-file=${workspace.configFile}`,
  // never "none": that removes the bridge of another engine on this computer
  `--bridge=${workspace.bridge}`,
  `--cgroup-parent=/${controlGroupOf(workspace.folder)}`,
  // this computer's own firewall rules stay as they are; docker-proxy publishes ports
  '--iptables=false',
  '--ip6tables=false',
  '--ip-forward=false',
  '--ip-masq=false',
  '--shutdown-timeout=1',
  ...(storageDriver ? [`--storage-driver=${storageDriver}`] : []),
];

/** Writes dockerd's own settings: daemon.json. */
export function configureDockerd({ configFile }: Workspace, { store }: EngineKindFacts, { insecureRegistries }: EngineOptions): void {
  const config = {
    ...(store && { features: { 'containerd-snapshotter': store === 'containerd' } }),
    ...(insecureRegistries && { 'insecure-registries': insecureRegistries }),
  };
  writeFileSync(configFile, JSON.stringify(config));
}
