import { basename } from 'node:path';
import { withDefaultTag } from '../../contract/reference.ts';
import type { TaskRequest, TaskResult } from '../../contract/task.ts';
import { copyIntoArchive, copyIntoRegistry } from '../copy/copy-image.ts';
import { FailureError } from '../engine/failure.ts';
import type { OperationContext } from '../engine/operation.ts';
import { checkTarget } from '../formats/check-target.ts';
import type { AllParts, Parts, RunOperation } from './operations.ts';
import { pushAs } from './push-as.ts';
import { shortName } from './short-name.ts';

/** A copy between two places; only one that begins with an image of the engine needs it. */
export function prepareCopy({ from, to }: Extract<TaskRequest, { kind: 'copy' }>, parts: AllParts): RunOperation {
  const { access, grants, partials, inUse } = parts;
  const target = to.kind === 'archive' ? grants.pathOf(to.target, 'write') : withDefaultTag(to.reference);
  const title = `Copy to ${to.kind === 'archive' ? basename(target) : shortName(target)}`;
  if (from.kind === 'image') {
    if (to.kind === 'archive') throw new FailureError(saveInstead);
    return { title, run: (context) => publishImage(from.reference, target, parts, context) };
  }
  if (from.kind === 'archive') {
    if (to.kind === 'archive') throw new FailureError(saveInstead);
    const source = { kind: 'archive' as const, path: grants.pathOf(from.archive, 'read'), image: from.image };
    return { title, run: (context) => inUse.during(source.path, () => copyIntoRegistry(source, target, access, context)) };
  }
  const run = async (context: OperationContext) => {
    if (to.kind === 'registry') return copyIntoRegistry(from, target, access, context);
    await inUse.refuse(target);
    await checkTarget(target);
    return copyIntoArchive(from, target, partials.write, access, context);
  };
  return { title, run };
}

const saveInstead = {
  kind: 'invalid-input' as const,
  title: 'There is nothing to copy here',
  detail: 'An image of the engine is saved into a file, and a file is copied by your system.',
};

async function publishImage(reference: string, target: string, parts: Parts, context: OperationContext): Promise<TaskResult> {
  const { pushed, kind: _, ...moved } = await pushAs([{ reference, target }], parts, context);
  return { kind: 'copy', reference: target, digest: pushed[0]?.digest ?? '', ...moved };
}
