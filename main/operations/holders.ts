import type { Failure } from '../../contract/failure.ts';
import type { Holder, HolderSeen } from '../../contract/holder.ts';
import type { Trials } from '../features/trials/trials.ts';
import {
  type InspectedContainer,
  inspectContainer,
  type ListedContainer,
  readContainerList,
  readWritten,
} from '../foundation/engine/answers/container-answers.ts';
import type { Engine } from '../foundation/engine/open-engine.ts';
import { FailureError, toFailure } from '../foundation/failures/failure.ts';
import { timeOf } from '../foundation/formats/image-settings.ts';
import { holderKind } from './holder-kind.ts';

type Parts = { engine: Engine; trials: Pick<Trials, 'isOwn'> };

/** The containers that hold one of the images, running or not. */
export async function readHolders({ engine, trials }: Parts, ids: readonly string[]): Promise<Holder[]> {
  const listed = await listHolders(engine, ids);
  const found = await Promise.all(
    listed.map(async (container) => {
      const inspected = await inspectContainer(engine, container.Id).catch(() => undefined); // removed meanwhile
      return inspected && describe(container, inspected, trials);
    }),
  );
  return found.filter((holder) => holder !== undefined);
}

/** The bytes that a holder wrote, which the engine adds up file by file; undefined if it doesn't say. */
export async function writtenByHolder(engine: Engine, ids: readonly string[], container: string): Promise<number | undefined> {
  await findHolder(engine, ids, container);
  return readWritten(engine, container);
}

/**
 * Ends a container in its image's own way, and removes it with what it wrote and its volumes without a name. Rejects unless it holds one of
 * the images and is as the person saw it. Layerdeck's own registries are ended where they are shown.
 */
export async function removeHolder({ engine, trials }: Parts, { ids, container, startedAt }: HolderSeen): Promise<void> {
  const listed = await findHolder(engine, ids, container);
  const { State, ...rest } = await inspectContainer(engine, container).catch(asGone);
  const { what, isRunning } = describe(listed, { State, ...rest }, trials);
  if (what.kind === 'own-registry') throw new FailureError(ownRegistry);
  if (timeOf(State.StartedAt) !== startedAt) throw new FailureError(startedAnew);
  const it = engine.docker.getContainer(container);
  if (isRunning) {
    if (State.Paused) await it.unpause(); // what stands still can't finish
    await it.stop().catch(unlessOver);
  }
  // not by force: one that somebody starts at this moment stays
  await it.remove({ v: true }).catch(unlessOver);
}

const listHolders = async (engine: Engine, ids: readonly string[]): Promise<ListedContainer[]> => {
  const wanted = new Set(ids);
  return (await readContainerList(engine)).filter(({ ImageID }) => wanted.has(ImageID));
};

async function findHolder(engine: Engine, ids: readonly string[], container: string): Promise<ListedContainer> {
  const found = (await listHolders(engine, ids)).find(({ Id }) => Id === container);
  if (!found) throw new FailureError(gone);
  return found;
}

function describe(listed: ListedContainer, { State, Mounts }: InspectedContainer, trials: Parts['trials']): Holder {
  const { Id, Names, ImageID, Labels, Created } = listed;
  const name = Names[0]?.replace(/^\//, '') ?? Id.slice(0, 12);
  const isRunning = State.Running || State.Paused || State.Restarting;
  const startedAt = timeOf(State.StartedAt);
  const since = (isRunning ? startedAt : timeOf(State.FinishedAt)) || Created * 1000;
  const volumes = Mounts.filter(({ Type }) => Type === 'volume').map(({ Name }) => Name);
  const named = volumes.filter((volume) => !isUnnamed(volume));
  return {
    id: Id,
    name,
    imageId: ImageID,
    what: holderKind(listed, trials.isOwn({ name, labels: Labels })),
    isRunning,
    startedAt,
    ...(since > 0 && { since }),
    unnamedVolumes: volumes.length - named.length,
    volumes: [...new Set(named)].sort(),
    hasFolders: Mounts.some(({ Type }) => Type === 'bind'),
  };
}

/** Engines give a volume without a name 64 digits for one. */
const isUnnamed = (volume: string): boolean => /^[0-9a-f]{64}$/.test(volume);

/** One that has ended, has gone, or is going by itself as `--rm` wants it, is as wanted. */
function unlessOver(error: { statusCode?: number; message?: string }): void {
  if (error.statusCode === 304 || error.statusCode === 404) return;
  if (/removal of container .* is already in progress/i.test(error.message ?? '')) return;
  if (/cannot remove (?:a running )?container|container is running|as it is running/i.test(error.message ?? ''))
    throw new FailureError({ ...startedAnew, cause: error.message });
  throw error;
}

const asGone = (error: unknown): never => {
  throw toFailure(error).kind === 'not-found' ? new FailureError(gone) : error;
};

const gone: Failure = {
  kind: 'not-found',
  title: 'The container is gone',
  detail: 'Another program has removed it, or it holds none of these images.',
};

const startedAnew: Failure = {
  kind: 'in-use',
  title: 'The container was started again meanwhile',
  detail: 'Somebody uses it, so it wasn’t removed.',
  hint: 'Look at it once more, then decide again.',
};

const ownRegistry: Failure = {
  kind: 'in-use',
  title: 'Layerdeck’s own registry runs in it',
  detail: 'What it keeps would be left behind.',
  hint: 'Remove it on the Registry page.',
};
