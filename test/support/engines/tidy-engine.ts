import { baseReference } from '../../../tools/engine/base-image.ts';
import type { Engine } from '../../../tools/engine/engine.ts';
import { registryReference } from '../../../tools/engine/registry-image.ts';

const keptReferences = [baseReference, registryReference];

/** Milliseconds for an engine to end what tests left running: a build that was cancelled still removes its container. */
const endsWithin = 30_000;

/**
 * Removes all that a file of tests left in an engine, so that none depends on which ran before it; the base image and the registry's stay.
 * An engine that was named from outside is somebody's: nothing of it is removed.
 */
export async function tidyEngine({ docker, kind }: Pick<Engine, 'docker' | 'kind'>): Promise<void> {
  if (!kind) return;
  const lines = async (...args: string[]) => (await docker(args)).split('\n').filter(Boolean);
  await untilNone(
    () => lines('ps', '--all', '--quiet'),
    (containers) => docker(['rm', '--force', '--volumes', ...containers]),
  );
  await untilNone(
    () => lines('volume', 'ls', '--quiet'),
    (volumes) => docker(['volume', 'rm', '--force', ...volumes]),
  );
  // an image that others build on goes in the round after theirs
  await untilNone(
    async () => strays(await lines('images', '--no-trunc', '--format', '{{.ID}} {{.Repository}}:{{.Tag}}')),
    (images) => docker(['rmi', '--force', ...images]),
  );
  if (!kind.startsWith('podman')) await docker(['builder', 'prune', '--all', '--force']);
}

/** Ids of images, and other names of those that stay. */
function strays(lines: string[]): string[] {
  const images = lines.map((line) => line.split(' ') as [id: string, name: string]);
  const isKept = (name: string) => keptReferences.some((kept) => name === kept || name.endsWith(`/${kept}`));
  const keptIds = new Set(images.filter(([, name]) => isKept(name)).map(([id]) => id));
  return [
    ...new Set(
      images.flatMap(([id, name]) => {
        if (!keptIds.has(id)) return [id];
        return isKept(name) || name.endsWith(':<none>') ? [] : [name];
      }),
    ),
  ];
}

async function untilNone(list: () => Promise<string[]>, remove: (found: string[]) => Promise<unknown>): Promise<void> {
  const late = performance.now() + endsWithin;
  for (let found = await list(); found.length > 0; found = await list()) {
    try {
      await remove(found);
    } catch (error) {
      if (performance.now() > late) throw error;
    }
  }
}
