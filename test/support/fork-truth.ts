import { lchownSync, readdirSync } from 'node:fs';
import type { RowFork } from '../../contract/cache-fork.ts';
import { describeForks } from '../../main/features/build-history/cache-forks/describe-forks.ts';
import { makeCacheMatrix } from '../../main/features/build-history/cache-matrix.ts';
import { readBuiltLayers } from '../../main/features/images/built-layers.ts';
import type { Engine } from '../../main/foundation/engine/open-engine.ts';
import { type Client, composeFile } from './engines/other-clients.ts';
import { WorkFolder } from './work-folder.ts';

/** A step that makes a different file each time: it is the same in two images only if it was taken from the cache. */
const chance = (name: string) => `RUN head -c 16 /dev/urandom > /${name}`;

/** A folder like the seeds': one instruction that copies, between two steps that show whether the cache was shared. */
export function packedFolder(base: string, copy: string, files: Record<string, string>): WorkFolder {
  const dockerfile = `FROM ${base}\nRUN echo ${Math.random()}\n${chance('before')}\n${copy}\n${chance('after')}\n`;
  return new WorkFolder({ Dockerfile: dockerfile, 'docker-compose.yml': composeFile, ...files });
}

/** Makes somebody the owner of everything in a folder, as with a person's own files. */
export function giveTo(folder: string, owner: number): void {
  // only root can; without root the files belong to a person anyway
  if (process.getuid?.() !== 0) return;
  for (const name of ['.', ...(readdirSync(folder, { recursive: true }) as string[])]) lchownSync(`${folder}/${name}`, owner, owner);
}

/** Builds the folder with each client, one after another. */
export async function buildWithAll(engine: Engine, clients: Client[], folder: string, host: string): Promise<Map<string, string>> {
  const ids = new Map<string, string>();
  for (const [at, { name, build }] of clients.entries()) {
    const reference = `it-client-${at}:1`;
    await build({ host, folder, reference });
    ids.set(name, (await engine.docker.getImage(reference).inspect()).Id);
  }
  return ids;
}

/** Which step two images last shared through the cache: all, what comes before the copying, or nothing of their own. */
export async function sharedInTruth(engine: Engine, images: [string, string]): Promise<'all' | 'up to the copying' | 'nothing'> {
  const [first, other] = await Promise.all(
    images.map(async (id) => new Map((await readBuiltLayers(engine, id)).map(({ createdBy, diffId }) => [createdBy, diffId]))),
  );
  const isSame = (name: string) => first?.get(chance(name)) !== undefined && first.get(chance(name)) === other?.get(chance(name));
  if (isSame('after')) return 'all';
  return isSame('before') ? 'up to the copying' : 'nothing';
}

/** What the app says about two images, and the same in short. */
export async function toldOf(
  engine: Engine,
  images: [string, string],
  written: string[] = [],
  signal = new AbortController().signal,
): Promise<{ fork: RowFork; shared: string }> {
  const inputs = await Promise.all(images.map(async (id) => ({ id, image: id, title: id, layers: await readBuiltLayers(engine, id) })));
  const order = { rows: makeCacheMatrix(inputs).rows, written };
  const events = await Array.fromAsync(describeForks(engine, order, signal));
  const [fork] = events.flatMap((event) => (event.kind === 'told' ? event.rows : []));
  if (!fork) throw new Error('nothing was told');
  if (fork.kind !== 'fork') return { fork, shared: fork.kind === 'none' ? 'all' : 'unknown' };
  return { fork, shared: /^(?:COPY|ADD) /.test(fork.instructions[0]) ? 'up to the copying' : 'nothing' };
}
