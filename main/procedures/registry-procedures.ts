import { basename } from 'node:path';
import type { ReceiptPart } from '../../contract/receipt.ts';
import type { Task } from '../../contract/task.ts';
import { removeUnfinished } from '../features/copy/backup/backup-file.ts';
import { beingWritten } from '../features/copy/backup/backup-words.ts';
import { previewRestore } from '../features/copy/backup/restore.ts';
import { platformsOfList } from '../features/copy/lists/take-apart.ts';
import { viewList } from '../operations/image-lists.ts';
import type { Implementer, ProcedureParts } from './router.ts';
import { withFailures } from './with-failures.ts';
import { receiptFileName, writeReceiptFile } from './write-receipt-file.ts';

type RegistryParts = Pick<
  ProcedureParts,
  'browse' | 'images' | 'access' | 'forecasts' | 'connection' | 'grants' | 'dialogs' | 'partials' | 'tasks'
>;

/** The contract's procedures about what is in registries. */
export const registryProcedures = (
  os: Implementer,
  { browse, images, access, forecasts, connection, grants, dialogs, partials, tasks }: RegistryParts,
) => ({
  repositories: os.registry.repositories.handler(({ input: { registry }, signal }) => {
    const names = (images.list?.images ?? []).flatMap(({ references, digests }) => [...references, ...digests]);
    return withFailures(browse.repositories(registry, names, signal));
  }),
  tags: os.registry.tags.handler(({ input, signal }) => withFailures(browse.tags(input, signal))),
  details: os.registry.details.handler(({ input, signal }) => withFailures(browse.details(input, signal))),
  look: os.registry.look.handler(({ input, signal }) => browse.look(input, signal)),
  saveReceipt: os.registry.saveReceipt.handler(({ input, signal }) =>
    withFailures(saveReceipt(input, { browse, dialogs, partials }, signal)),
  ),
  previewRemoval: os.registry.previewRemoval.handler(({ input, signal }) => withFailures(browse.previewRemoval(input, signal))),
  findOld: os.registry.findOld.handler(({ input, signal }) => withFailures(browse.findOld(input, signal))),
  previewList: os.registry.previewList.handler(({ input, signal }) =>
    viewList(input, access, { engine: () => connection.engine, forecasts }, signal),
  ),
  platforms: os.registry.platforms.handler(({ input, signal }) => platformsOfList(input, access, signal)),
  throwAwayBackup: os.registry.throwAwayBackup.handler(({ input: { task } }) => throwAwayBackup(task, { tasks, grants })),
  previewRestore: os.registry.previewRestore.handler(({ input: { archive, registry }, signal }) =>
    withFailures(previewRestore({ path: grants.pathOf(archive, 'read'), registry }, access, signal)),
  ),
});

async function throwAwayBackup(id: string, { tasks, grants }: Pick<RegistryParts, 'tasks' | 'grants'>): Promise<void> {
  const { request } = tasks.task(id);
  if (request.kind !== 'back-up-registry') return;
  const target = grants.pathOf(request.target, 'write');
  const isWritten = tasks.tasks.some(
    (one) => isRunning(one) && one.request.kind === 'back-up-registry' && grants.pathOf(one.request.target, 'write') === target,
  );
  if (isWritten) throw beingWritten(basename(target));
  await removeUnfinished(target);
  tasks.dismiss(id);
}

type Asked = { registry: string; repositories: string[] };

async function* saveReceipt(
  { registry, repositories }: Asked,
  { browse, dialogs, partials }: Pick<RegistryParts, 'browse' | 'dialogs' | 'partials'>,
  signal?: AbortSignal,
): AsyncGenerator<ReceiptPart> {
  const path = await dialogs.chooseReceiptTarget(receiptFileName(registry));
  if (path === null) return;
  for await (const part of browse.receipt(registry, repositories, Date.now(), signal)) {
    if (part.kind === 'reading') {
      yield part;
      continue;
    }
    await writeReceiptFile(partials, path, part.receipt);
    yield { kind: 'saved', path, layers: part.receipt.stored?.length ?? 0, unreadable: part.unreadable };
  }
}

const isRunning = ({ state }: Task): boolean => state === 'running' || state === 'queued';
