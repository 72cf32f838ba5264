import pLimit from 'p-limit';
import type { ListPlatform, PutTag, TakeApartRequest } from '../../../../contract/image-list.ts';
import type { TaskResult } from '../../../../contract/task.ts';
import { FailureError, toFailure } from '../../../foundation/failures/failure.ts';
import type { OperationContext } from '../../../foundation/progress/operation-context.ts';
import { withRetries } from '../../../foundation/registries/blobs/with-retries.ts';
import { type Access, withRegistry } from '../../../foundation/registries/open-repository.ts';
import { Repository } from '../../../foundation/registries/repository.ts';
import type { ManifestBytes } from '../image-content.ts';
import { makeList, proposeTag } from './list-descriptor.ts';
import { hasMoved, isGone, notAList } from './list-words.ts';
import { type ListChild, readPart } from './read-part.ts';

/** How many images are read at the same time. */
const atOnce = 6;

type Place = { registry: string; repository: string };
type Apart = TaskResult & { kind: 'take-apart' };

/** The platforms of a list, with the tags that they could have. */
export function platformsOfList(
  { registry, repository: name, digest, tag }: Place & { digest: string; tag: string },
  access: Access,
  signal?: AbortSignal,
): Promise<ListPlatform[]> {
  return withRegistry(
    registry,
    access,
    async (client) => {
      const repository = new Repository(client, name);
      const limit = pLimit(atOnce);
      const children = await readList(repository, digest, signal);
      const proposed = new Set<string>();
      return Promise.all(
        children.map(({ listed, platform, statements }) => {
          const first = proposeTag(tag, platform);
          // two entries may be for one platform
          const own = proposed.has(first) ? proposeTag(first, listed.digest.slice(7, 15)) : first;
          proposed.add(own);
          return limit(async (): Promise<ListPlatform> => {
            const { manifest } = await repository.manifest(listed.digest, signal);
            const size = manifest.kind === 'image' ? manifest.layers.reduce((sum, layer) => sum + layer.size, 0) : undefined;
            const facts = { digest: listed.digest, platform, statements: statements.length, proposed: own };
            return { ...facts, ...(size !== undefined && { size }) };
          });
        }),
      );
    },
    { signal },
  );
}

/** Gives single platforms of a list tags of their own, each if its tag still is where the person saw it. Nothing is sent but manifests. */
export function takeApart(access: Access, request: TakeApartRequest, { signal, report, log }: OperationContext): Promise<Apart> {
  const { registry, repository: name, list, items, withStatements } = request;
  return withRegistry(
    registry,
    access,
    async (client) => {
      const repository = new Repository(client, name);
      const children = await readList(repository, list, signal);
      const put: PutTag[] = [];
      const refused: Apart['refused'] = [];
      for (const [at, { digest, tag, from }] of items.entries()) {
        signal.throwIfAborted();
        report({ phase: 'writing', fraction: at / items.length });
        try {
          const child = children.find(({ listed }) => listed.digest === digest);
          if (!child) throw new FailureError(isGone);
          const manifest = await manifestFor(repository, child, withStatements, signal);
          // as late as possible: registries know no condition for a change
          if (((await repository.findDigest(tag, signal)) ?? null) !== from) throw new FailureError(hasMoved(tag));
          await withRetries(() => repository.putManifest(tag, manifest, signal), { signal });
          put.push({ tag, digest: manifest.digest, ...(from !== null && { from }) });
          log(`${registry}/${name}:${tag} is ${manifest.digest}`);
        } catch (error) {
          signal.throwIfAborted();
          refused.push({ tag, failure: toFailure(error) });
        }
      }
      const [first] = refused;
      if (put.length === 0 && first) throw new FailureError(first.failure);
      return { kind: 'take-apart', registry, repository: name, put, refused };
    },
    { signal },
  );
}

async function manifestFor(
  repository: Repository,
  { listed, statements }: ListChild,
  withStatements: boolean,
  signal: AbortSignal,
): Promise<ManifestBytes> {
  const image = await repository.manifest(listed.digest, signal);
  return withStatements && statements.length > 0 ? makeList([listed], statements) : image;
}

async function readList(repository: Repository, digest: string, signal?: AbortSignal): Promise<ListChild[]> {
  const found = await repository.findManifest(digest, signal);
  if (found?.manifest.kind !== 'index') throw new FailureError(notAList);
  return readPart(repository, digest, signal);
}
