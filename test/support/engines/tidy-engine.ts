import { baseReference } from '../../../tools/engine/base-image.ts';
import type { Engine } from '../../../tools/engine/engine.ts';
import { registryReference } from '../../../tools/engine/registry-image.ts';

const keptReferences = [baseReference, registryReference];

/**
 * Removes all that a file of tests left in an engine, so that none depends on which ran before it; the base image and the registry's stay.
 * An engine that was named from outside is somebody's: nothing of it is removed.
 */
export async function tidyEngine(engine: Pick<Engine, 'docker' | 'kind'>): Promise<void> {
  if (!engine.kind) return;
  const lines = async (...args: string[]) => (await engine.docker(args)).split('\n').filter(Boolean);
  const containers = await lines('ps', '--all', '--quiet');
  if (containers.length > 0) await engine.docker(['rm', '--force', '--volumes', ...containers]);
  const volumes = await lines('volume', 'ls', '--quiet');
  if (volumes.length > 0) await engine.docker(['volume', 'rm', '--force', ...volumes]);

  const images = async () =>
    (await lines('images', '--no-trunc', '--format', '{{.ID}} {{.Repository}}:{{.Tag}}')).map((line) => line.split(' '));
  const keptIds = new Set((await images()).filter(([, name = '']) => keptReferences.includes(name)).map(([id]) => id));
  for (let before = Number.POSITIVE_INFINITY; ; ) {
    const strays = (await images()).flatMap(([id = '', name = '']) => {
      if (!keptIds.has(id)) return [id];
      return keptReferences.includes(name) || name.endsWith(':<none>') ? [] : [name];
    });
    if (strays.length === 0) break;
    if (strays.length >= before) throw new Error(`These images stay, whatever is done: ${strays.join(', ')}`);
    before = strays.length;
    // an image that others build on goes in the next round
    await engine.docker(['rmi', '--force', ...new Set(strays)]).catch(() => {});
  }
  if (!engine.kind.startsWith('podman')) await engine.docker(['builder', 'prune', '--all', '--force']);
}
