import { parseReference, repositoryOf, withDefaultTag } from '../../../contract/reference.ts';
import type { TaskResult } from '../../../contract/task.ts';
import type { Engine } from '../../foundation/engine/open-engine.ts';

/** Gives an image another name; if a different image has that name, it moves. */
export async function tagImage({ docker }: Engine, image: string, reference: string): Promise<TaskResult & { kind: 'tag' }> {
  const full = withDefaultTag(reference);
  const parsed = parseReference(full);
  await docker.getImage(image).tag({ repo: repositoryOf(parsed), tag: parsed.tag });
  return { kind: 'tag', reference: full };
}
