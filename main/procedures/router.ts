import { implement, ORPCError } from '@orpc/server';
import { contract } from '../../contract/contract.ts';
import type { GrantedPath, GrantedTarget } from '../../contract/file.ts';
import type { Task } from '../../contract/task.ts';
import type { BuildHistory } from '../features/build-history/build-history.ts';
import type { EnginePlacesBook } from '../features/engines/engine-places.ts';
import type { ImageUses } from '../features/images/image-uses.ts';
import type { ImageWatch } from '../features/images/image-watch.ts';
import type { Shelves } from '../features/images/shelves.ts';
import type { LayerFiles } from '../features/layer-files/layer-files.ts';
import type { Licences } from '../features/licences/licences.ts';
import type { CacheLogins } from '../features/local-registry/cache-logins.ts';
import type { OwnName } from '../features/local-registry/name/own-name.ts';
import type { RegistryBook } from '../features/local-registry/registry-book.ts';
import type { RegistryWatch } from '../features/local-registry/registry-watch.ts';
import type { S3Settings } from '../features/local-registry/storage/s3/s3-settings.ts';
import type { RegistryAuthority } from '../features/local-registry/tls/registry-authority.ts';
import type { OpenRegistries } from '../features/registry-browse/open-registries.ts';
import type { RegistryBrowse } from '../features/registry-browse/registry-browse.ts';
import type { SettingsStore } from '../features/settings/settings-store.ts';
import type { TagMoves } from '../features/tag-moves/tag-moves.ts';
import type { ForecastParts } from '../features/transfer/forecast-push.ts';
import type { RecentReferences } from '../features/transfer/recent-references.ts';
import type { SuggestReferences } from '../features/transfer/suggest-references.ts';
import type { Trials } from '../features/trials/trials.ts';
import type { EngineConnection } from '../foundation/engine/connection.ts';
import type { EngineQuestions } from '../foundation/engine/engine-questions.ts';
import { toFailure } from '../foundation/failures/failure.ts';
import type { Grants } from '../foundation/files/grants.ts';
import type { PartialFiles } from '../foundation/files/partial-files.ts';
import type { Logins } from '../foundation/registries/logins/logins.ts';
import type { Access } from '../foundation/registries/open-repository.ts';
import type { HandedSecrets } from '../foundation/secrets/handed-secrets.ts';
import type { DiskView } from '../operations/disk-view.ts';
import type { OriginView } from '../operations/origin-view.ts';
import type { RunningOthers } from '../operations/running-others.ts';
import type { TaskRunner } from '../tasks/task-runner.ts';
import { archiveProcedures } from './archive-procedures.ts';
import { buildProcedures } from './build-procedures.ts';
import { compareProcedures } from './compare-procedures.ts';
import { diskProcedures } from './disk-procedures.ts';
import type { FactStream } from './fact-stream.ts';
import { imageProcedures } from './image-procedures.ts';
import { layerFilesProcedures } from './layer-files-procedures.ts';
import { localRegistryProcedures } from './local-registry-procedures.ts';
import { loginProcedures } from './login-procedures.ts';
import { originProcedures } from './origin-procedures.ts';
import { registryAddressProcedures } from './registry-address-procedures.ts';
import { registryProcedures } from './registry-procedures.ts';
import { tagProcedures } from './tag-procedures.ts';
import { transferProcedures } from './transfer-procedures.ts';
import { trialProcedures } from './trial-procedures.ts';

/** What only the desktop can do. */
export type DesktopParts = {
  dialogs: {
    chooseFolder(): Promise<GrantedPath | null>;
    chooseFile(): Promise<GrantedPath | null>;
    chooseArchives(): Promise<GrantedPath[]>;
    chooseSaveTarget(suggestedName: string): Promise<GrantedTarget | null>;
    chooseLogTarget(suggestedName: string): Promise<string | null>;
    /** Where the registry on this computer shall keep its images. */
    chooseRegistryFolder(): Promise<GrantedTarget | null>;
    chooseReceipt(): Promise<GrantedPath | null>;
    chooseReceiptTarget(suggestedName: string): Promise<string | null>;
    chooseCertificateTarget(suggestedName: string): Promise<string | null>;
    /** Where a file or folder of an image is saved. */
    chooseCopyTarget(suggestedName: string): Promise<GrantedTarget | null>;
  };
  desktop: {
    /** Shows a file in its folder. Files are never opened, as the system may run them. */
    reveal(path: string): void;
    /** Continues outside the window a drag that began in it. */
    drag(path: string): Promise<void>;
    copy(text: string): void;
    /** Shows a page of this computer in the person's browser. */
    openInBrowser(url: `http://localhost:${number}/`): Promise<void>;
  };
};

/** What procedures need from the rest of the app. */
export type ProcedureParts = {
  connection: EngineConnection;
  places: EnginePlacesBook;
  questions: EngineQuestions;
  shelves: Shelves;
  /** Those of the engine in use. */
  images: ImageWatch;
  registry: RegistryWatch;
  tasks: TaskRunner;
  uses: ImageUses;
  disk: DiskView;
  origin: OriginView;
  history: BuildHistory;
  /** Builds of other tools that run. */
  others: RunningOthers;
  settings: SettingsStore;
  logins: Logins;
  licences: Licences;
  access: Access;
  forecasts: ForecastParts;
  recent: RecentReferences;
  suggestions: SuggestReferences;
  grants: Grants;
  partials: PartialFiles;
  layerFiles: LayerFiles;
  tagMoves: TagMoves;
  browse: RegistryBrowse;
  registryBook: RegistryBook;
  registryAuthority: RegistryAuthority;
  cacheLogins: CacheLogins;
  s3Handed: HandedSecrets<S3Settings>;
  ownName: OwnName;
  openRegistries: OpenRegistries;
  trials: Trials;
  facts: FactStream;
} & DesktopParts;

/** Connects each of the contract's procedures to the function behind it. oRPC has already validated the input. */
export function makeRouter(parts: ProcedureParts) {
  const { connection, places, questions, tasks, history, others, settings, licences, facts, dialogs, desktop } = parts;
  const os = implementContract();
  return os.router({
    facts: os.facts.handler(({ signal }) => facts.follow(signal)),
    images: imageProcedures(os, parts),
    disk: diskProcedures(os, parts),
    origin: originProcedures(os, parts),
    build: buildProcedures(os, parts),
    registry: registryProcedures(os, parts),
    localRegistry: { ...localRegistryProcedures(os, parts), ...registryAddressProcedures(os, parts) },
    trials: trialProcedures(os, parts),
    transfer: transferProcedures(os, parts),
    tags: tagProcedures(os, parts),
    logins: loginProcedures(os, parts),
    archives: archiveProcedures(os, parts),
    layerFiles: layerFilesProcedures(os, parts),
    compare: compareProcedures(os, parts),
    tasks: {
      start: os.tasks.start.handler(({ input: { request, at } }) => ({ id: tasks.start(request, at) })),
      cancel: os.tasks.cancel.handler(({ input }) => tasks.cancel(input.id)),
      retry: os.tasks.retry.handler(({ input }) => ({ id: tasks.retry(input.id) })),
      dismiss: os.tasks.dismiss.handler(({ input }) => tasks.dismiss(input.id)),
      dismissEnded: os.tasks.dismissEnded.handler(() => tasks.dismissEnded()),
      log: os.tasks.log.handler(({ input: { id, after }, signal }) =>
        (tasks.has(id) ? tasks : others.has(id) ? others : history).followLog(id, after, signal),
      ),
    },
    files: {
      chooseFolder: os.files.chooseFolder.handler(() => dialogs.chooseFolder()),
      chooseFile: os.files.chooseFile.handler(() => dialogs.chooseFile()),
      chooseArchives: os.files.chooseArchives.handler(() => dialogs.chooseArchives()),
      chooseSaveTarget: os.files.chooseSaveTarget.handler(({ input }) => dialogs.chooseSaveTarget(input.suggestedName)),
      revealSaved: os.files.revealSaved.handler(({ input }) => {
        const path = writtenFile(tasks.task(input.task));
        if (path) desktop.reveal(path);
      }),
      dragSaved: os.files.dragSaved.handler(async ({ input }) => {
        const path = writtenFile(tasks.task(input.task));
        if (path) await desktop.drag(path);
      }),
    },
    engine: {
      searchAgain: os.engine.searchAgain.handler(() => connection.searchAgain()),
      places: os.engine.places.handler(() => places.list()),
      starters: os.engine.starters.handler(async () => (await places.starters()).map(({ id, name, command }) => ({ id, name, command }))),
      look: os.engine.look.handler(async ({ input: { place, mayAsk = false }, signal }) => {
        const look = await places.look(place, mayAsk, signal);
        if (mayAsk) parts.shelves.searchAt(place);
        return look;
      }),
      tryOut: os.engine.tryOut.handler(({ input, signal }) => places.tryOut(input, signal)),
      add: os.engine.add.handler(({ input }) => places.add(input)),
      switchTo: os.engine.switchTo.handler(({ input }) => places.switchTo(input.context)),
      answer: os.engine.answer.handler(({ input }) => questions.answer(input.question, input.answer)),
      remove: os.engine.remove.handler(({ input }) => places.remove(input.context)),
    },
    settings: {
      change: os.settings.change.handler(({ input }) => settings.change(input)),
    },
    licences: {
      list: os.licences.list.handler(() => licences.read()),
    },
    clipboard: {
      write: os.clipboard.write.handler(({ input }) => desktop.copy(input.text)),
    },
  });
}

/** The file that a task wrote where the person wanted it. */
const writtenFile = ({ result }: Task): string | undefined =>
  result?.kind === 'save' || result?.kind === 'copy' || result?.kind === 'save-files' || result?.kind === 'back-up-registry'
    ? result.path
    : undefined;

/** The contract, with every error turned into a failure. */
const implementContract = () =>
  implement(contract).use(async ({ next }) => {
    try {
      return await next();
    } catch (error) {
      if (error instanceof ORPCError) throw error;
      throw new ORPCError('FAILED', { data: toFailure(error), message: 'failed' });
    }
  });

export type Implementer = ReturnType<typeof implementContract>;
export type Router = ReturnType<typeof makeRouter>;
