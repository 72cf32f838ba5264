import { parseReference, repositoryOf, withDefaultTag } from '../../contract/reference.ts';
import type { TaskResult } from '../../contract/task.ts';
import type { Engine } from '../engine/open-engine.ts';

/** Gives an image one more name; a name that another image has moves over. */
export async function tagImage({ docker }: Engine, image: string, reference: string): Promise<TaskResult & { kind: 'tag' }> {
  const full = withDefaultTag(reference);
  const parsed = parseReference(full);
  await docker.getImage(image).tag({ repo: repositoryOf(parsed), tag: parsed.tag });
  return { kind: 'tag', reference: full };
}
