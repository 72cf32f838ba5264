import { startEngine } from '../../tools/engine/start-engine.ts';
import { startPodman } from '../../tools/record/start-podman.ts';
import { isNewerMissing } from './newer-engine.ts';
import { WorkFolder } from './work-folder.ts';

export type Started = { host: string; stop(): Promise<void>; docker?(args: string[]): Promise<string> };

async function podman(): Promise<Started> {
  const folder = new WorkFolder();
  const { socket, stop } = await startPodman(folder.path);
  return {
    host: `unix://${socket}`,
    stop: async () => {
      await stop();
      folder[Symbol.dispose]();
    },
  };
}

const newer: [name: string, start: () => Promise<Started>][] = [
  ['Docker Engine 26, graph drivers', () => startEngine({ version: '26' })],
  ['Docker Engine 26, containerd', () => startEngine({ version: '26', features: { 'containerd-snapshotter': true } })],
];

/** Podman, and Docker Engine 26 with both of its stores where it can be had. */
export const otherEngines: [name: string, start: () => Promise<Started>][] = [
  ['Podman', podman],
  ...((await isNewerMissing()) ? [] : newer),
];
