import type { TaskResult } from '../../contract/task.ts';
import type { Engine } from '../engine/open-engine.ts';
import type { OperationContext } from '../engine/operation.ts';
import { untagImage } from '../images/remove-images.ts';
import { tagImage } from '../images/tag-image.ts';
import { pushImages } from '../transfer/push-image.ts';
import type { Parts } from './operations.ts';

/** Gives images further names and pushes those. Names that are published stay. */
export async function pushAs(
  names: { reference: string; target: string }[],
  { engine, access }: Pick<Parts, 'engine' | 'access'>,
  context: OperationContext,
): Promise<TaskResult & { kind: 'push' }> {
  const made = new Set<string>();
  try {
    for (const { reference, target } of names) {
      if (!(await hasImage(engine(), target))) made.add(target);
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
    for (const name of made) await untagImage(engine(), name).catch(() => {});
    throw error;
  }
}

const hasImage = ({ docker }: Engine, reference: string): Promise<boolean> =>
  docker
    .getImage(reference)
    .inspect()
    .then(
      () => true,
      () => false,
    );
