import type { z } from 'zod';
import { inspectImage, readImageList } from '../../foundation/engine/answers/image-answers.ts';
import { findImage } from '../../foundation/engine/find-image.ts';
import type { Engine } from '../../foundation/engine/open-engine.ts';
import { toFailure } from '../../foundation/failures/failure.ts';
import type { StartSettings } from '../../foundation/formats/image-settings.ts';
import { isCalledRegistry } from './recognise-registry.ts';
import { noImage } from './registry-failures.ts';

/** What people call a registry's image; the newer one first. */
const usualNames = ['registry:3', 'registry:2'] as const;
/** How many images called so are looked at. */
const mostLooks = 20;

/** Whether what an image starts is distribution's registry, whoever packed it. */
export function startsRegistry({ Entrypoint, Cmd, ExposedPorts }: z.infer<typeof StartSettings>): boolean {
  const words = [...Entrypoint, ...Cmd];
  const runsIt = words.some(
    (word) => /(?:^|\/)registry$/.test(word) || /^\/etc\/(?:docker\/registry|distribution)\/config\.ya?ml$/.test(word),
  );
  return runsIt && '5000/tcp' in ExposedPorts;
}

/** An image of a registry that is here; undefined if there is none. Rejects if the engine's answer is unclear. */
export async function findRegistryImage(engine: Engine): Promise<string | undefined> {
  for (const name of usualNames) {
    const found = await findImage(engine, name);
    if (found && startsRegistry(found.Config)) return name;
  }
  const listed = (await readImageList(engine)).filter(({ RepoTags }) => RepoTags.some(isCalledRegistry));
  const newest = listed.toSorted((a, b) => b.Created - a.Created).slice(0, mostLooks);
  return firstRegistry(
    engine,
    newest.flatMap(({ RepoTags }) => RepoTags.filter(isCalledRegistry).slice(0, 1)),
  );
}

/** The first of these images that starts a registry. */
export async function firstRegistry(engine: Engine, images: readonly string[]): Promise<string | undefined> {
  for (const image of images) if (startsRegistry((await inspectImage(engine, image)).Config)) return image;
  return undefined;
}

/** Gets an image of a registry by its usual names, and gives the name. */
export async function pullRegistryImage(pull: (reference: string) => Promise<unknown>, signal: AbortSignal): Promise<string> {
  let last: unknown;
  for (const name of usualNames) {
    try {
      await pull(name);
      return name;
    } catch (error) {
      signal.throwIfAborted();
      last = error;
      // one that stands for Docker Hub may have only the older one; whatever else is wrong is so for both
      if (toFailure(error).kind !== 'not-found') break;
    }
  }
  const { title, cause } = toFailure(last);
  throw noImage([title, cause].filter(Boolean).join('\n'));
}
