import type { TaskResult } from '../../contract/task.ts';
import { untagImage } from '../features/images/remove-images.ts';
import { tagImage } from '../features/images/tag-image.ts';
import { pushImages } from '../features/transfer/push-image.ts';
import { findImage } from '../foundation/engine/find-image.ts';
import type { Engine } from '../foundation/engine/open-engine.ts';
import type { OperationContext } from '../foundation/progress/operation-context.ts';
import type { OperationParts } from './operation-parts.ts';

/** Gives images other names and pushes those. Published names stay; for all others, everything is put back as it was. */
export async function pushAs(
  names: { reference: string; target: string }[],
  { engine, access }: Pick<OperationParts, 'engine' | 'access'>,
  context: OperationContext,
): Promise<TaskResult & { kind: 'push' }> {
  // look up all of them before touching the first: without a clear answer, nothing is changed
  const before = new Map<string, string | undefined>();
  for (const { target } of names) before.set(target, (await findImage(engine(), target))?.Id);
  const made = new Set<string>();
  try {
    for (const { reference, target } of names) {
      context.signal.throwIfAborted();
      made.add(target);
      await tagImage(engine(), reference, target);
    }
    return await pushImages(
      engine(),
      access,
      names.map(({ target }) => target),
      context,
      (published) => made.delete(published),
    );
  } catch (error) {
    for (const name of made) await putBack(engine(), name, before.get(name)).catch(() => {});
    throw error;
  }
}

/** Gives a name back to its earlier image, or removes it if it had none. */
async function putBack(engine: Engine, name: string, id: string | undefined): Promise<void> {
  if (id) await tagImage(engine, id, name);
  else await untagImage(engine, name);
}
