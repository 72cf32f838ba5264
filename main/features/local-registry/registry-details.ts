import type { RegistryContainer } from '../../../contract/registry.ts';
import { inspectContainer } from '../../foundation/engine/answers/container-answers.ts';
import { readVolumeSize } from '../../foundation/engine/answers/volume-answers.ts';
import { readContainerLog } from '../../foundation/engine/containers/container-log.ts';
import type { Engine } from '../../foundation/engine/open-engine.ts';
import { folderSize } from './storage/registry-folder.ts';
import { waitUntilReady } from './wait-until-ready.ts';

type Asked = Pick<RegistryContainer, 'containerId'> & {
  /** Where it answers, if it runs. */
  address?: string | undefined;
  /** Who vouches for it, if it is encrypted. */
  authority?: string | undefined;
};

/** Seconds after its start in which a registry says its version. */
const saysWithin = 10;
/** The most characters of a log that are read for it. */
const mostRead = 64 * 1024;

/**
 * The version of the program in a registry’s container, as it said in its log when it started; undefined if it didn’t. Its image’s tag
 * says less, and may lead to another image by now.
 */
export async function readVersion(engine: Engine, { containerId, address, authority }: Asked): Promise<string | undefined> {
  // it says so before it answers for the first time
  if (address !== undefined) await waitUntilReady(address, undefined, { authority: () => authority }).catch(() => {});
  const { State, Config } = await inspectContainer(engine, containerId);
  const since = Math.floor(Date.parse(State.StartedAt) / 1000);
  if (!(since > 0)) return undefined;
  const log = await readContainerLog(engine, containerId, {
    isTty: Config.Tty,
    tail: 'all',
    follow: false,
    since,
    until: since + saysWithin,
  });
  let said = '';
  for await (const part of log) {
    said += String(part);
    const version = versionIn(said);
    if (version !== undefined || said.length > mostRead) return version;
  }
  return versionIn(`${said}\n`);
}

/** The version in a registry's log: `… version=2.8.3`, or in JSON. Go's own is another one. */
export const versionIn = (log: string): string | undefined => /(?:^|[\s,{])"?version"?[=:]"?v?(\d[\w.+~-]*)(?=["\s,}])/m.exec(log)?.[1];

const asking = new WeakMap<Engine, Map<string, Promise<number | undefined>>>();

/**
 * The bytes in a registry’s volume or folder; undefined if it has none or nobody tells. The engine adds up all volumes file by file, which
 * may take minutes: whoever asks meanwhile gets the same answer.
 */
export function readSize(engine: Engine, { storage }: Pick<RegistryContainer, 'storage'>): Promise<number | undefined> {
  if (storage.kind === 'folder') return folderSize(storage.path);
  if (storage.kind !== 'volume') return Promise.resolve(undefined);
  const { name } = storage;
  const asked = asking.get(engine) ?? new Map<string, Promise<number | undefined>>();
  asking.set(engine, asked);
  const same = asked.get(name);
  if (same) return same;
  const size = readVolumeSize(engine, name).finally(() => asked.delete(name));
  asked.set(name, size);
  return size;
}
