import type { LocalRegistry, OtherRegistry, RegistryContainer } from '../../../contract/registry.ts';
import {
  type InspectedContainer,
  inspectContainer,
  type ListedContainer,
  readContainerList,
} from '../../foundation/engine/answers/container-answers.ts';
import type { Engine } from '../../foundation/engine/open-engine.ts';
import { readKept, settingsVolume } from './own-volume.ts';
import { readRegistryContainer } from './read-registry-container.ts';
import { makerOf } from './recognise-registry.ts';
import type { RegistryBook } from './registry-book.ts';

/** The registry that is used, and the others that are there. */
export type Registries = { registry: LocalRegistry; others: OtherRegistry[] };

/** What inspecting is told of; with a real book, or with one in which nothing stands. */
type Known = Pick<RegistryBook, 'adopted' | 'portOn' | 'storeOn'>;

/** More registries than a computer has. */
const most = 50;

/** All registries on an engine. Rejects with the engine's error. */
export async function inspectRegistries(engine: Engine, known: Known): Promise<Registries> {
  const found = await readAll(engine, await readContainerList(engine));
  const chosen =
    known.adopted.toReversed().flatMap((id) => found.find(({ facts }) => facts.containerId === id) ?? [])[0] ??
    found.find(({ facts }) => facts.maker === 'layerdeck' && facts.cacheOf === undefined);
  const others = found.filter((one) => one !== chosen).map(({ facts, container }) => ({ isRunning: container.State.Running, ...facts }));
  return { registry: chosen ? stateOf(chosen) : await absent(engine, known), others };
}

/** The caches that Layerdeck made. Rejects with the engine's error. */
export const inspectCaches = async (engine: Engine): Promise<OtherRegistry[]> =>
  (await inspectRegistries(engine, { adopted: [], portOn: async () => undefined, storeOn: async () => undefined })).others.filter(
    isOwnCache,
  );

const isOwnCache = ({ maker, cacheOf }: RegistryContainer): boolean => maker === 'layerdeck' && cacheOf !== undefined;

/** The registry that is used. Rejects with the engine's error. */
export const inspectRegistry = async (engine: Engine, known: Known): Promise<LocalRegistry> =>
  (await inspectRegistries(engine, known)).registry;

type Found = { facts: RegistryContainer; container: InspectedContainer };

async function readAll(engine: Engine, listed: ListedContainer[]): Promise<Found[]> {
  const candidates = listed.flatMap((one) => {
    const maker = makerOf(one);
    return maker ? [{ id: one.Id, maker }] : [];
  });
  const read = candidates.slice(0, most).map(async ({ id, maker }) => {
    const container = await inspectContainer(engine, id).catch((error: { statusCode?: number }) => {
      // it went away meanwhile
      if (error.statusCode === 404) return undefined;
      throw error;
    });
    const facts = container && readRegistryContainer(container, maker);
    return facts ? [{ facts, container }] : [];
  });
  return (await Promise.all(read)).flat();
}

function stateOf({ facts, container: { State } }: Found): LocalRegistry {
  const { address } = facts;
  if (State.Running && !State.Paused && !State.Restarting && address !== undefined)
    return { state: 'running', ...facts, address, startedAt: Date.parse(State.StartedAt) };
  const trouble = State.Restarting ? 'keeps-ending' : State.Paused ? 'paused' : undefined;
  return { state: 'stopped', ...facts, ...(trouble && { trouble }) };
}

async function absent(engine: Engine, known: Known): Promise<LocalRegistry> {
  const store = await known.storeOn(engine);
  const kept = await readKept(engine, store && settingsVolume);
  if (!kept && !store) return { state: 'absent' };
  const port = (await known.portOn(engine)) ?? kept?.port;
  return { state: 'absent', kept: { ...(port !== undefined && { port }), ...store } };
}
