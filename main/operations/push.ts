import { nameAt } from '../../contract/reference.ts';
import type { TaskResult } from '../../contract/task.ts';
import { addressOf } from '../features/local-registry/end-registry.ts';
import { blameFullDisk } from '../features/local-registry/storage/blame-full-disk.ts';
import { pushImages } from '../features/transfer/push-image.ts';
import type { OperationContext } from '../foundation/progress/operation-context.ts';
import type { OperationParts, Prepare } from './operation-parts.ts';
import { pushAs } from './push-as.ts';
import { shortName } from './short-name.ts';

/** Pushes images under their own names, or to the registry on this computer. */
export const preparePush: Prepare<'push'> = ({ references, to }, parts) => ({
  title: references.length === 1 ? `Push ${shortName(references[0] ?? '')}` : `Push ${references.length} names`,
  run: async (context) => {
    if (to !== 'own-registry') return pushToLocalRegistry(references, parts, context);
    await parts.lookAtTags(references);
    return pushImages(parts.engine(), parts.access, references, context);
  },
});

async function pushToLocalRegistry(references: string[], parts: OperationParts, context: OperationContext): Promise<TaskResult> {
  const address = addressOf(parts.registry());
  const names = references.map((reference) => ({ reference, target: nameAt(address, reference) }));
  await parts.lookAtTags(names.map(({ target }) => target));
  return blameFullDisk(parts.registry(), pushAs(names, parts, context));
}
