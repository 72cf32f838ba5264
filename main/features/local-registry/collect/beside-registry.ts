import type Docker from 'dockerode';
import pLimit from 'p-limit';
import { type InspectedContainer, readContainerList } from '../../../foundation/engine/answers/container-answers.ts';
import type { Engine } from '../../../foundation/engine/open-engine.ts';
import { collectorLabel } from '../recognise-registry.ts';
import { withoutLabels } from '../storage/own-storage.ts';

/** What such a container is for, besides the registry's files. */
type Wanted = Pick<Docker.ContainerCreateOptions, 'Entrypoint' | 'Cmd'>;

const turns = new WeakMap<Engine, ReturnType<typeof pLimit>>();

/**
 * Makes a container beside the registry's, from the same image, with its files and settings and without a network, and passes it to `use`. It
 * is gone afterwards, whatever ends this. One at a time on an engine, so that what is there before was left by an app that was killed.
 */
export function besideRegistry<T>(
  engine: Engine,
  { Id, Image, Config }: InspectedContainer,
  wanted: Wanted,
  use: (container: Docker.Container) => Promise<T>,
): Promise<T> {
  const turn = turns.get(engine) ?? pLimit(1);
  turns.set(engine, turn);
  return turn(async () => {
    await removeCollectors(engine);
    const container = await engine.docker.createContainer({
      Image,
      Labels: { [collectorLabel]: Id },
      ...wanted,
      Env: Config.Env,
      HostConfig: { VolumesFrom: [Id], NetworkMode: 'none', ...withoutLabels },
    });
    try {
      return await use(container);
    } finally {
      await container.remove({ force: true }).catch(() => {}); // the next one removes it
    }
  });
}

/** Removes such containers, all of them or those of one registry. One that an app began which was killed may still work on its files. */
export async function removeCollectors(engine: Engine, registry?: string): Promise<void> {
  const label = registry === undefined ? collectorLabel : `${collectorLabel}=${registry}`;
  for (const { Id } of await readContainerList(engine, { label: [label] })) await engine.docker.getContainer(Id).remove({ force: true });
}
