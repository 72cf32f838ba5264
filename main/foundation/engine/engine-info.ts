import { stat } from 'node:fs/promises';
import type { ImageStore } from '../../../contract/engine.ts';
import { type EngineInfoAnswer, readEngineInfo } from './answers/engine-answers.ts';
import type { Engine } from './open-engine.ts';

/** What an engine says about itself that stays as it is while it runs. */
export type EngineInfo = {
  /** Its own identity, wherever it is reached; empty if it says none. */
  id: string;
  /** What its computer is called; empty if it doesn't say. */
  computer: string;
  /** Its folder on its own computer. */
  root: string;
  store: ImageStore;
};

const known = new WeakMap<Engine, Promise<EngineInfo>>();

/** Asks an engine once about itself; asks again only after it gave no answer. Rejects with its error. */
export function infoOf(engine: Engine): Promise<EngineInfo> {
  const before = known.get(engine);
  if (before) return before;
  const asked = readEngineInfo(engine).then((answer) => summarise(engine, answer));
  known.set(engine, asked);
  asked.catch(() => known.delete(engine));
  return asked;
}

/** What tells an engine from every other, by whatever way it is reached; undefined if it says nothing. Rejects with its error. */
export async function identityOf(engine: Engine): Promise<string | undefined> {
  const { id, root } = await infoOf(engine);
  if (engine.product === 'Podman') return socketOf(engine);
  // engines of one computer may have its id in common, but each keeps its images elsewhere
  return id === '' ? undefined : `${id} ${root}`;
}

/** Whether an engine loads a file without the layers that it has: only Docker’s own store looks for a layer before it reads it. */
export const takesParts = async (engine: Engine): Promise<boolean> =>
  engine.product === 'Docker' && (await infoOf(engine)).store === 'unpacked';

/** The socket on this computer, whatever links lead to it; undefined for an engine elsewhere. */
async function socketOf({ candidate }: Engine): Promise<string | undefined> {
  if (!candidate.address.startsWith('unix://')) return undefined;
  const found = await stat(candidate.address.slice('unix://'.length)).catch(() => undefined);
  return found && `socket ${found.dev} ${found.ino}`;
}

const summarise = ({ product }: Engine, { ID, Name, DockerRootDir, DriverStatus }: EngineInfoAnswer): EngineInfo => ({
  // Podman makes up another one for each answer
  id: product === 'Podman' ? '' : ID,
  computer: Name,
  root: DockerRootDir,
  store: DriverStatus.some(([, type]) => type?.startsWith('io.containerd.snapshotter')) ? 'containerd' : 'unpacked',
});
