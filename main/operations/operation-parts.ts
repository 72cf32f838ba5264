import type { LocalRegistry } from '../../contract/registry.ts';
import type { Settings } from '../../contract/settings.ts';
import type { TaskKind, TaskRequest } from '../../contract/task.ts';
import type { BuildHistory } from '../features/build-history/build-history.ts';
import type { ForecastSizes } from '../features/transfer/forecast-sizes.ts';
import type { Engine } from '../foundation/engine/open-engine.ts';
import type { FilesInUse } from '../foundation/files/files-in-use.ts';
import type { Grants } from '../foundation/files/grants.ts';
import type { PartialFiles } from '../foundation/files/partial-files.ts';
import type { Access } from '../foundation/registries/open-repository.ts';
import type { PreparedOperation } from '../tasks/prepared-operation.ts';

/** What operations need from the rest of the app. */
export type OperationParts = {
  /** The engine that does the work. Throws if there is none. */
  engine(): Engine;
  registry(): LocalRegistry;
  settings(): Settings;
  grants: Grants;
  history: BuildHistory;
  access: Access;
  partials: PartialFiles;
  /** Sizes of layers, known from forecasts of pulls. */
  pullSizes: ForecastSizes;
};

/** The same, plus what operations share with each other. */
export type SharedParts = OperationParts & { inUse: FilesInUse };

/** Gives a task its title and its operation. Throws if the request is impossible. */
export type Prepare<K extends TaskKind> = (request: Extract<TaskRequest, { kind: K }>, parts: SharedParts) => PreparedOperation;
