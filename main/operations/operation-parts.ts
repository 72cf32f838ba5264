import type { CleanUpChoice } from '../../contract/disk.ts';
import type { LocalRegistry } from '../../contract/registry.ts';
import type { Settings } from '../../contract/settings.ts';
import type { TaskKind, TaskRequest } from '../../contract/task.ts';
import type { BuildHistory } from '../features/build-history/build-history.ts';
import type { CleanUpHelp } from '../features/disk/clean-up.ts';
import type { ReadyStarter } from '../features/engines/starters.ts';
import type { LayerFiles } from '../features/layer-files/layer-files.ts';
import type { CacheLogins } from '../features/local-registry/cache-logins.ts';
import type { OwnName } from '../features/local-registry/name/own-name.ts';
import type { RegistryBook } from '../features/local-registry/registry-book.ts';
import type { S3Settings } from '../features/local-registry/storage/s3/s3-settings.ts';
import type { RegistryAuthority } from '../features/local-registry/tls/registry-authority.ts';
import type { RemovedBook } from '../features/registry-browse/removal/removed-book.ts';
import type { ForecastSizes } from '../features/transfer/forecast-sizes.ts';
import type { Trials } from '../features/trials/trials.ts';
import type { Engine } from '../foundation/engine/open-engine.ts';
import type { FilesInUse } from '../foundation/files/files-in-use.ts';
import type { Grants } from '../foundation/files/grants.ts';
import type { PartialFiles } from '../foundation/files/partial-files.ts';
import type { Access } from '../foundation/registries/open-repository.ts';
import type { HandedSecrets } from '../foundation/secrets/handed-secrets.ts';
import type { PreparedOperation } from '../tasks/prepared-operation.ts';

/** What operations need from the rest of the app. */
export type OperationParts = {
  /** The engine that does the work. Throws if there is none. */
  engine(): Engine;
  /** Another engine, for what goes from one to another. Throws if it is not shown. */
  other(place: string): OtherEngine;
  /** The chain ids of the layers that each of the engine's images has, by its id. */
  stacksHere(): Promise<ReadonlyMap<string, readonly string[]>>;
  /** What can start an engine on this computer. */
  starters(): Promise<ReadyStarter[]>;
  /** Looks for an engine at once. */
  searchAgain(): void;
  registry(): LocalRegistry;
  registryBook: RegistryBook;
  registryAuthority: RegistryAuthority;
  /** Sign-ins that were handed over for caches. */
  cacheLogins: CacheLogins;
  /** Storage for the registry that was handed over. */
  s3Handed: HandedSecrets<S3Settings>;
  ownName: OwnName;
  trials: Trials;
  settings(): Settings;
  grants: Grants;
  history: BuildHistory;
  access: Access;
  layerFiles: LayerFiles;
  partials: PartialFiles;
  /** The folder for files that are there only while something is on its way. */
  onTheWay: string;
  /** What going of these things costs and frees, read while they are there. */
  disk(choice: CleanUpChoice): Promise<Omit<CleanUpHelp, 'removeImage'>>;
  /** Remembers where these tags are in their registries, before they are moved; gives up soon. */
  lookAtTags(references: readonly string[]): Promise<void>;
  /** Sizes of layers, known from forecasts of pulls. */
  pullSizes: ForecastSizes;
  /** What was removed from registries, to put it back. */
  removed: RemovedBook;
};

export type OtherEngine = {
  name: string;
  /** It is the one that the task is done on. */
  isSame: boolean;
  /** Throws if it does not answer. */
  engine(): Engine;
  /** The chain ids of the layers that its images have. */
  chains(): Promise<ReadonlySet<string>>;
};

/** The same, plus what operations share with each other. */
export type SharedParts = OperationParts & { inUse: FilesInUse };

/** Gives a task its title and its operation. Throws if the request is impossible. */
export type Prepare<K extends TaskKind> = (request: Extract<TaskRequest, { kind: K }>, parts: SharedParts) => PreparedOperation;
