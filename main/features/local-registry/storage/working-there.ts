import { nameOf } from '../../../foundation/engine/containers/free-port.ts';
import type { Engine } from '../../../foundation/engine/open-engine.ts';
import { volumeInUse } from '../registry-failures.ts';
import { otherUsers } from '../users-of-files.ts';
import { folderInUse } from './folder-failures.ts';
import { type OwnStorage, volumeOf } from './own-storage.ts';

/** Throws if a container that isn't the registry itself works on its files. */
export async function checkNobodyWorksOn(engine: Engine, storage: OwnStorage, own: string | undefined): Promise<void> {
  // several may work on storage elsewhere
  if (storage.kind === 's3') return;
  const where = storage.kind === 'folder' ? storage : { kind: 'volume' as const, name: volumeOf(storage), isNamed: true };
  const other = (await otherUsers(engine, where, own)).find(({ State }) => State === 'running');
  if (!other) return;
  throw storage.kind === 'folder' ? folderInUse(storage.path, nameOf(other)) : volumeInUse(nameOf(other));
}
