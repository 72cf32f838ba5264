import type { TaskKind } from '../../contract/task.ts';
import type { Engine } from '../foundation/engine/open-engine.ts';
import { FilesInUse } from '../foundation/files/files-in-use.ts';
import type { Operations } from '../tasks/prepared-operation.ts';
import { prepareBuild } from './build.ts';
import { prepareCopy } from './copy.ts';
import { prepareImport } from './import.ts';
import { prepareLoad } from './load.ts';
import { prepareStart, prepareStop } from './local-registry.ts';
import type { OperationParts, Prepare } from './operation-parts.ts';
import { preparePull } from './pull.ts';
import { preparePush } from './push.ts';
import { prepareRemove } from './remove.ts';
import { prepareSave } from './save.ts';
import { prepareTag, prepareUntag } from './tag.ts';

/** Every kind of task. To add one, write its file here and its request and result in `contract/task.ts`. */
const table: { [K in TaskKind]: Prepare<K> } = {
  build: prepareBuild,
  pull: preparePull,
  push: preparePush,
  copy: prepareCopy,
  import: prepareImport,
  save: prepareSave,
  load: prepareLoad,
  tag: prepareTag,
  untag: prepareUntag,
  remove: prepareRemove,
  'start-registry': prepareStart,
  'stop-registry': prepareStop,
};

type Given = OperationParts & {
  /** The engine, or undefined if there is none. */
  current(): Engine | undefined;
};

export function makeOperations({ engine, current, ...parts }: Given): Operations {
  const shared = { ...parts, inUse: new FilesInUse() };
  return {
    prepare: (request) => (table[request.kind] as Prepare<TaskKind>)(request, { ...shared, engine: boundEngine(engine, current) }),
  };
}

/** A task keeps to the engine that it was asked for, also if another one is chosen before it begins or while it runs. */
function boundEngine(engine: Given['engine'], current: Given['current']): Given['engine'] {
  let own = current();
  return () => {
    const now = current();
    // the same one, started again, is asked anew
    if (!own || now?.candidate.id === own.candidate.id) own = engine();
    return own;
  };
}
