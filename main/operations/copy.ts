import { basename } from 'node:path';
import { withDefaultTag } from '../../contract/reference.ts';
import type { TaskResult } from '../../contract/task.ts';
import { copyIntoArchive, copyIntoRegistry } from '../features/copy/copy-image.ts';
import { FailureError } from '../foundation/failures/failure.ts';
import { checkTarget } from '../foundation/files/check-target.ts';
import type { OperationContext } from '../foundation/progress/operation-context.ts';
import { readReceiptFile } from '../foundation/receipts/read-receipt-file.ts';
import type { OperationParts, Prepare } from './operation-parts.ts';
import { pushAs } from './push-as.ts';
import { shortName } from './short-name.ts';

/** A copy between two places; it needs the engine only if it copies the engine's image. */
export const prepareCopy: Prepare<'copy'> = ({ from, to }, parts) => {
  const { access, grants, partials, inUse } = parts;
  const target = to.kind === 'archive' ? grants.pathOf(to.target, 'write') : withDefaultTag(to.reference);
  const title = `Copy to ${to.kind === 'archive' ? basename(target) : shortName(target)}`;
  if (from.kind === 'image') {
    if (to.kind === 'archive') throw new FailureError(saveInstead);
    return { title, run: (context) => publishImage(from.reference, target, parts, context) };
  }
  if (from.kind === 'archive') {
    if (to.kind === 'archive') throw new FailureError(saveInstead);
    const source = { kind: 'archive' as const, path: grants.pathOf(from.archive, 'read'), image: from.image, id: from.id };
    return { title, run: (context) => inUse.during(source.path, () => copyIntoRegistry(source, target, access, context)) };
  }
  const receiptPath = to.kind === 'archive' && to.receipt !== undefined ? grants.pathOf(to.receipt, 'read') : undefined;
  const run = async (context: OperationContext) => {
    if (to.kind === 'registry') return copyIntoRegistry(from, target, access, context);
    await inUse.refuse(target);
    await checkTarget(target);
    const receipt = receiptPath === undefined ? undefined : await readReceiptFile(receiptPath);
    return copyIntoArchive(from, { path: target, write: partials.write, receipt }, access, context);
  };
  return { title, run };
};

const saveInstead = {
  kind: 'invalid-input' as const,
  title: 'There’s nothing to copy here',
  detail: 'Save an image from the engine to a file, or copy a file with your system’s file manager.',
};

async function publishImage(reference: string, target: string, parts: OperationParts, context: OperationContext): Promise<TaskResult> {
  const { pushed, kind: _, ...moved } = await pushAs([{ reference, target }], parts, context);
  return { kind: 'copy', reference: target, digest: pushed[0]?.digest ?? '', ...moved };
}
