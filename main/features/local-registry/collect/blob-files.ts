import type { IncomingMessage } from 'node:http';
import pLimit from 'p-limit';
import * as z from 'zod';
import type { InspectedContainer } from '../../../foundation/engine/answers/container-answers.ts';
import type { Engine } from '../../../foundation/engine/open-engine.ts';
import { requestStream } from '../../../foundation/engine/request.ts';
import { besideRegistry } from './beside-registry.ts';

/** How many files are asked about at the same time. */
const atOnce = 6;
const usualRoot = '/var/lib/registry';

const Stat = z.object({ size: z.number() });

/**
 * The bytes of blobs on the registry's disk, by digest; those that aren't there are left out. They are looked for in a container beside it
 * that is never started: in one that runs, Podman looks below the volume.
 */
export function sizesOnDisk(
  engine: Engine,
  registry: InspectedContainer,
  digests: readonly string[],
  signal?: AbortSignal,
): Promise<ReadonlyMap<string, number>> {
  const root = rootOf(registry);
  return besideRegistry(engine, registry, {}, async ({ id }) => {
    const limit = pLimit(atOnce);
    const ask = async (digest: string): Promise<[string, number][]> => {
      signal?.throwIfAborted();
      const size = await sizeOf(engine, id, `${root}${pathOf(digest)}`, signal);
      return size === undefined ? [] : [[digest, size]];
    };
    return new Map((await Promise.all(digests.map((digest) => limit(() => ask(digest))))).flat());
  });
}

function rootOf({ Config }: InspectedContainer): string {
  const name = 'REGISTRY_STORAGE_FILESYSTEM_ROOTDIRECTORY=';
  return Config.Env.find((line) => line.startsWith(name))?.slice(name.length) || usualRoot;
}

/** Where distribution keeps a blob: https://distribution.github.io/distribution/about/architecture/ and its storage paths. */
function pathOf(digest: string): string {
  const [algorithm = '', hex = ''] = digest.split(':');
  return `/docker/registry/v2/blobs/${algorithm}/${hex.slice(0, 2)}/${hex}/data`;
}

/** The size of a file in a container, which the engine tells without sending it. */
async function sizeOf(engine: Engine, container: string, path: string, signal?: AbortSignal): Promise<number | undefined> {
  try {
    const asked = { method: 'HEAD', path: `/containers/${container}/archive`, query: { path }, ...(signal && { signal }) } as const;
    const answer = (await requestStream(engine.docker, asked)) as IncomingMessage;
    answer.resume();
    const stat = [answer.headers['x-docker-container-path-stat']].flat()[0] ?? '';
    return Stat.parse(JSON.parse(Buffer.from(stat, 'base64').toString())).size;
  } catch (error) {
    if ((error as { statusCode?: number }).statusCode === 404) return undefined;
    throw error;
  }
}
