import type { LocalRegistry } from '../../contract/registry.ts';
import type { TaskKind } from '../../contract/task.ts';
import type { Shelf } from '../features/images/shelf.ts';
import { RemovedBook } from '../features/registry-browse/removal/removed-book.ts';
import type { TagMoves } from '../features/tag-moves/tag-moves.ts';
import { accessOf } from '../features/transfer/access-for.ts';
import type { EngineConnection } from '../foundation/engine/connection.ts';
import { FilesInUse } from '../foundation/files/files-in-use.ts';
import type { Logins } from '../foundation/registries/logins/logins.ts';
import type { Operations } from '../tasks/prepared-operation.ts';
import { prepareBringBack } from './bring-back.ts';
import { prepareBuild } from './build.ts';
import { prepareCleanUp } from './clean-up.ts';
import { prepareCommit } from './commit.ts';
import { prepareCopy } from './copy.ts';
import type { DiskView } from './disk-view.ts';
import { preparePutTogether, prepareTakeApart } from './image-lists.ts';
import { prepareImport } from './import.ts';
import { prepareIndex } from './index-files.ts';
import { prepareLoad } from './load.ts';
import {
  prepareCollect,
  prepareRemoveCache,
  prepareRemoveRegistry,
  prepareRestart,
  prepareStart,
  prepareStartCache,
  prepareStop,
  prepareStopCache,
  prepareStore,
} from './local-registry.ts';
import { prepareMoveRegistryTag } from './move-registry-tag.ts';
import { prepareMoveTag } from './move-tag.ts';
import type { OperationParts, OtherEngine, Prepare } from './operation-parts.ts';
import { preparePull } from './pull.ts';
import { preparePush } from './push.ts';
import { prepareBackUp, prepareRestore } from './registry-backup.ts';
import { preparePutBackRegistryTags, prepareRemoveRegistryTags } from './registry-removal.ts';
import { prepareRemove } from './remove.ts';
import { prepareSave } from './save.ts';
import { prepareSaveFiles } from './save-files.ts';
import { prepareSend } from './send.ts';
import { prepareStartEngine } from './start-engine.ts';
import { prepareTag, prepareUntag } from './tag.ts';

/** Every kind of task. To add one, write its file here and its request and result in `contract/task.ts`. */
const table: { [K in TaskKind]: Prepare<K> } = {
  build: prepareBuild,
  'clean-up': prepareCleanUp,
  'bring-back': prepareBringBack,
  pull: preparePull,
  push: preparePush,
  copy: prepareCopy,
  commit: prepareCommit,
  import: prepareImport,
  send: prepareSend,
  save: prepareSave,
  load: prepareLoad,
  index: prepareIndex,
  'save-files': prepareSaveFiles,
  tag: prepareTag,
  untag: prepareUntag,
  'move-tag': prepareMoveTag,
  'move-registry-tag': prepareMoveRegistryTag,
  'remove-registry-tags': prepareRemoveRegistryTags,
  'put-back-registry-tags': preparePutBackRegistryTags,
  'put-together': preparePutTogether,
  'take-apart': prepareTakeApart,
  'back-up-registry': prepareBackUp,
  'restore-registry': prepareRestore,
  remove: prepareRemove,
  'start-engine': prepareStartEngine,
  'start-registry': prepareStart,
  'stop-registry': prepareStop,
  'restart-registry': prepareRestart,
  'remove-registry': prepareRemoveRegistry,
  'collect-registry': prepareCollect,
  'store-registry': prepareStore,
  'start-cache': prepareStartCache,
  'stop-cache': prepareStopCache,
  'remove-cache': prepareRemoveCache,
};

type Given = Omit<OperationParts, 'engine' | 'other' | 'stacksHere' | 'access' | 'disk' | 'lookAtTags' | 'removed'> & {
  disk: DiskView;
  tagMoves: Pick<TagMoves, 'lookAt'>;
  logins: Logins;
  /** The shelf of the engine at a place, or of the one in use. Throws if it is not shown. */
  shelfAt(place: string | undefined): Shelf;
};

export function makeOperations({ shelfAt, logins, disk, tagMoves, ...parts }: Given): Operations {
  const shared = { ...parts, inUse: new FilesInUse(), removed: new RemovedBook() };
  const otherThan =
    (own: Shelf) =>
    (place: string): OtherEngine => {
      const there = shelfAt(place);
      const { connection, knownChains } = there;
      return {
        isSame: there === own,
        name: connection.engine.candidate.label,
        engine: boundEngine(connection),
        chains: knownChains,
      };
    };
  return {
    prepare: (request, at) => {
      const shelf = shelfAt(at);
      // the local registry runs on the engine in use
      const registry = shelf === shelfAt(undefined) ? shared.registry : noRegistry;
      const access = accessOf(logins, () => shelf.connection.current);
      const prepared = (table[request.kind] as Prepare<TaskKind>)(request, {
        ...shared,
        registry,
        access,
        lookAtTags: (references) => tagMoves.lookAt(references, access),
        engine: boundEngine(shelf.connection),
        disk: (choice) => disk.account(shelf, choice),
        other: otherThan(shelf),
        stacksHere: shelf.allStacks,
      });
      return { ...prepared, at: shelf.connection.place };
    },
  };
}

const noRegistry = (): LocalRegistry => ({ state: 'unknown' });

/** A task keeps to the engine that it was asked for, also if another one is chosen before it begins or while it runs. */
function boundEngine(connection: EngineConnection): OperationParts['engine'] {
  let own = connection.current;
  return () => {
    // the same one, started again, is asked anew
    if (!own || connection.current?.candidate.id === own.candidate.id) own = connection.engine;
    return own;
  };
}
