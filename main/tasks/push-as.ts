import type { TaskResult } from '../../contract/task.ts';
import { findImage } from '../engine/find-image.ts';
import type { Engine } from '../engine/open-engine.ts';
import type { OperationContext } from '../engine/operation.ts';
import { untagImage } from '../images/remove-images.ts';
import { tagImage } from '../images/tag-image.ts';
import { pushImages } from '../transfer/push-image.ts';
import type { Parts } from './operations.ts';

/** Gives images further names and pushes those. Names that are published stay; of the others everything is as it was. */
export async function pushAs(
  names: { reference: string; target: string }[],
  { engine, access }: Pick<Parts, 'engine' | 'access'>,
  context: OperationContext,
): Promise<TaskResult & { kind: 'push' }> {
  // all of them are asked for before the first is touched: without a clear answer nothing is
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

/** What a name stood for before, it stands for again; one that stood for nothing goes. */
async function putBack(engine: Engine, name: string, id: string | undefined): Promise<void> {
  if (id) await tagImage(engine, id, name);
  else await untagImage(engine, name);
}
