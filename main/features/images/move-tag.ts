import type { Failure } from '../../../contract/failure.ts';
import type { TaskResult } from '../../../contract/task.ts';
import { findImage } from '../../foundation/engine/find-image.ts';
import type { Engine } from '../../foundation/engine/open-engine.ts';
import { FailureError } from '../../foundation/failures/failure.ts';
import { tagImage } from './tag-image.ts';

type Move = { reference: string; to: string; from: string | null };

/** Moves a tag from the image that has it, or from none, to another one. Rejects if it is no longer where it was. */
export async function moveTag(engine: Engine, { reference, to, from }: Move): Promise<TaskResult & { kind: 'move-tag' }> {
  const [holder, image] = await Promise.all([findImage(engine, reference), findImage(engine, to)]);
  if ((holder?.Id ?? null) !== from) throw new FailureError(hasMoved(reference));
  if (!image) throw new FailureError(isGone(reference));
  await tagImage(engine, to, reference);
  // another program may have moved it at the same moment
  if ((await findImage(engine, reference))?.Id !== to) throw new FailureError(hasMoved(reference));
  return { kind: 'move-tag', reference, to, ...(from !== null && { from }) };
}

const hasMoved = (reference: string): Failure => ({
  kind: 'in-use',
  title: `${reference} has moved in the meantime`,
  detail: 'Another program moved or removed the tag after you looked. Layerdeck left it as it is now.',
  hint: 'Look at where it is now, then decide again.',
});

const isGone = (reference: string): Failure => ({
  kind: 'not-found',
  title: 'The image is no longer here',
  detail: `The image that ${reference} was to point to was removed in the meantime. The tag stays where it is.`,
});
