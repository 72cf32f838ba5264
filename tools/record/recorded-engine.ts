import { startEngine } from '../engine/start-engine.ts';
import { startPodman } from './start-podman.ts';

export const engineNames = ['20.10', '26', '26-containerd', 'podman'] as const;
export type EngineName = (typeof engineNames)[number];

export type RecordedEngine = {
  socket: string;
  /** The folder its recordings are kept in. */
  fixtures: string;
  stop(): Promise<void>;
};

/** Starts a private engine to record. */
export async function startRecordedEngine(name: EngineName, folder: string): Promise<RecordedEngine> {
  switch (name) {
    case '20.10':
      return { ...(await startEngine()), fixtures: 'docker-20.10' };
    case '26':
      return { ...(await startEngine({ version: '26' })), fixtures: 'docker-26' };
    case '26-containerd':
      return { ...(await startEngine({ version: '26', features: { 'containerd-snapshotter': true } })), fixtures: 'docker-26-containerd' };
    case 'podman':
      return { ...(await startPodman(folder)), fixtures: 'podman-4.3' };
  }
}
