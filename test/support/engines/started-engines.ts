import { type EngineKind, factsOf } from '../../../tools/engine/engine-kinds.ts';
import { startEngine } from '../../../tools/engine/start-engine.ts';
import { isNewerMissing } from './newer-engine.ts';

export type Started = { host: string; stop(): Promise<void>; docker?(args: string[]): Promise<string> };

const others: EngineKind[] = [
  'podman',
  ...((await isNewerMissing()) ? [] : (['docker-26', 'docker-26-containerd', 'docker-28-containerd'] as const)),
];

/** Podman, and newer Dockers if they are available. */
export const otherEngines: [name: string, start: () => Promise<Started>][] = others.map((kind) => [
  factsOf(kind).label,
  () => startEngine({ kind }),
]);
