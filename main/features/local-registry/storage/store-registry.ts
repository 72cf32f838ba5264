import type { LocalRegistry } from '../../../../contract/registry.ts';
import type { TaskResult } from '../../../../contract/task.ts';
import { startContainer, stopContainer } from '../../../foundation/engine/containers/container-life.ts';
import { imageExists } from '../../../foundation/engine/find-image.ts';
import { isFar } from '../../../foundation/engine/is-far.ts';
import type { Engine } from '../../../foundation/engine/open-engine.ts';
import { inWords } from '../../../foundation/files/check-space.ts';
import type { OperationContext } from '../../../foundation/progress/operation-context.ts';
import { whileCollecting } from '../collect/being-collected.ts';
import { removeCollectors } from '../collect/beside-registry.ts';
import { inspectRegistry } from '../inspect-registries.ts';
import type { RegistryBook } from '../registry-book.ts';
import { readSize } from '../registry-details.ts';
import { isFarAway, keepsItsSettings, notThere } from '../registry-failures.ts';
import { startRegistry, waitForAnswer } from '../start-registry.ts';
import { checkEngineSees } from './check-engine-sees.ts';
import { type Copied, copyToFolder } from './copy-to-folder.ts';
import { folderFull, hasRegistryAlready } from './folder-failures.ts';
import type { OwnStorage } from './own-storage.ts';
import { lookAtFolder, prepareFolder, removeEmptyFolders } from './registry-folder.ts';
import { notFromS3 } from './s3/s3-failures.ts';
import { whereOf } from './s3/s3-settings.ts';
import { tryInContainer } from './s3/try-in-container.ts';
import { placeNow, s3Now } from './storage-now.ts';
import { checkNobodyWorksOn } from './working-there.ts';

export type StorageOrder = {
  book: RegistryBook;
  /** Gives the image to make a container of, if there has to be another one. */
  getImage: () => Promise<string>;
  to: OwnStorage;
  /** Whether what the registry has now is copied there, which needs a folder without a registry. */
  takeAlong: boolean;
};

type Result = TaskResult & { kind: 'store-registry' };
type Own = Extract<LocalRegistry, { containerId: string }>;

/** Seconds that the registry has to finish what it does. */
const patience = 10;

/**
 * Has the own registry keep its images somewhere else from now on, with all its other settings, and starts it there. What it had stays where it was;
 * until everything is copied, it is the same registry as before, and whatever ends this starts it again.
 */
export async function storeRegistry(
  engine: Engine,
  context: OperationContext,
  { book, to, takeAlong, ...order }: StorageOrder,
): Promise<Result> {
  if (to.kind === 'folder' && (await isFar(engine))) throw isFarAway();
  const before = await inspectRegistry(engine, book);
  if ('maker' in before && before.maker !== 'layerdeck') throw keepsItsSettings(before.name);
  const own = 'containerId' in before ? before : undefined;
  if (takeAlong && !own) throw notThere();
  if (takeAlong && own?.storage.kind === 'elsewhere') throw notFromS3();
  // got once: a folder is tried with the same image that the registry is made from
  const image = own && (await imageExists(engine, own.image)) ? own.image : await order.getImage();
  const getImage = async () => image;
  if (to.kind === 's3') await tryInContainer(engine, image, to.s3, context.signal);
  const copied = to.kind === 'folder' ? await makeReady(engine, context, { path: to.path, image, own, takeAlong, book }) : undefined;
  // from here on it can't be stopped: there may be no container
  const had = own && (placeNow(own) ?? (await s3Now(engine.docker, own.containerId).catch(() => undefined)));
  const quiet: OperationContext = { ...context, signal: new AbortController().signal };
  try {
    const { address } = await startRegistry(engine, quiet, { book, getImage, storage: to });
    return {
      kind: 'store-registry',
      address,
      ...(to.kind === 'folder' && { folder: to.path }),
      ...(to.kind === 's3' && { bucket: whereOf(to.s3) }),
      ...(copied && { copied: summary(copied) }),
    };
  } catch (error) {
    if (had) await startRegistry(engine, { ...quiet, report: () => {} }, { book, getImage, storage: had }).catch(() => {}); // what went wrong first is told
    throw error;
  }
}

const summary = ({ files, bytes, damaged }: Copied) => ({ files, bytes, damaged: damaged.length });

type Folder = { path: string; image: string; own: Own | undefined; takeAlong: boolean; book: RegistryBook };

/** Sees to it that a registry can run on a folder: it is empty or has a registry's files, nobody else works there, and the engine sees it. */
async function makeReady(
  engine: Engine,
  context: OperationContext,
  { path, image, own, takeAlong, book }: Folder,
): Promise<Copied | undefined> {
  const found = await lookAtFolder(path);
  await checkNobodyWorksOn(engine, { kind: 'folder', path }, own?.containerId);
  if (takeAlong && found.repositories !== undefined) throw hasRegistryAlready(path);
  const total = takeAlong && own ? await readSize(engine, own) : undefined;
  if (total !== undefined && found.free !== undefined && total > found.free) throw folderFull(path, inWords(total), inWords(found.free));
  await prepareFolder(path);
  let isUsed = false;
  try {
    // before the registry stops, and before anything is copied for nothing
    await checkEngineSees(engine, image, path);
    isUsed = !takeAlong;
  } finally {
    // the copy comes with folders of its own
    if (!isUsed && found.repositories === undefined) await removeEmptyFolders(path);
  }
  return takeAlong && own ? copyAll(engine, context, { own, path, total, book }) : undefined;
}

type Copying = { own: Own; path: string; total: number | undefined; book: RegistryBook };

/** Copies all that a registry has while it doesn't run. If that doesn't end well, it runs again as before. */
function copyAll(engine: Engine, context: OperationContext, { own, path, total, book }: Copying): Promise<Copied> {
  return whileCollecting(
    own.containerId,
    async () => {
      const container = engine.docker.getContainer(own.containerId);
      await removeCollectors(engine, own.containerId);
      if (own.state === 'running') await stopContainer(container, patience);
      try {
        return await copyToFolder(engine, { containerId: own.containerId, total }, path, context);
      } catch (error) {
        if (own.state === 'running') {
          await startContainer(container).catch(() => {}); // its card says that it doesn't run
          await waitForAnswer(engine, own.containerId, book, AbortSignal.timeout(30_000)).catch(() => {});
        }
        throw error;
      }
    },
    'copied',
  );
}
