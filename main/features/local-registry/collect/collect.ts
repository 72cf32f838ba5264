import type { LocalRegistry } from '../../../../contract/registry.ts';
import type { CollectionPart, CollectionResult } from '../../../../contract/registry-collection.ts';
import type { TaskResult } from '../../../../contract/task.ts';
import { type InspectedContainer, inspectContainer } from '../../../foundation/engine/answers/container-answers.ts';
import { stopContainer } from '../../../foundation/engine/containers/container-life.ts';
import type { Engine } from '../../../foundation/engine/open-engine.ts';
import { inParallel } from '../../../foundation/progress/in-parallel.ts';
import type { OperationContext } from '../../../foundation/progress/operation-context.ts';
import { type Access, openRegistry } from '../../../foundation/registries/open-repository.ts';
import { Repository } from '../../../foundation/registries/repository.ts';
import { inspectRegistry } from '../inspect-registries.ts';
import type { RegistryBook } from '../registry-book.ts';
import { checkMayCollect, notThere } from '../registry-failures.ts';
import { startOn } from '../start-registry.ts';
import { checkNobodyElseRuns } from '../users-of-files.ts';
import { waitForContainer } from '../wait-until-ready.ts';
import { whileCollecting } from './being-collected.ts';
import { removeCollectors } from './beside-registry.ts';
import { sizesOnDisk } from './blob-files.ts';
import type { CollectorOutput } from './collector-output.ts';
import { atOnce, findUnneeded, type Needed, type RepositoryCensus, stillUnneeded } from './find-unneeded.ts';
import { askCollector, runCollector } from './run-collector.ts';

/** A registry that runs, and how to reach it: it may want a sign-in. */
type Reached = { engine: Engine; registry: Extract<LocalRegistry, { state: 'running' }>; container: InspectedContainer; access: Access };

/** Seconds that the registry has to finish what it does. */
const patience = 10;

type Census = { output: CollectorOutput; repositories: RepositoryCensus[] };

/** What a collection would free, told while it is found out. The registry runs meanwhile, and nothing is changed. */
export async function* previewCollection(
  engine: Engine,
  access: Access,
  now: LocalRegistry,
  signal: AbortSignal,
): AsyncGenerator<CollectionPart> {
  const registry = checkMayCollect(now);
  await checkNobodyElseRuns(engine, registry);
  const container = await inspectContainer(engine, registry.containerId);
  const counting = takeCensus({ engine, registry, container, access }, signal);
  let step = await counting.next();
  for (; !step.done; step = await counting.next()) yield { kind: 'reading', ...step.value };
  const { output, repositories } = step.value;
  const unused = await sizesOnDisk(engine, container, output.unused, signal);
  const images = repositories.flatMap(({ unneeded }) => unneeded);
  yield {
    kind: 'found',
    unused: { blobs: output.unused.length, bytes: sum(unused.values()) },
    untagged: { images: images.length, bytes: sum(onlyOf(images, repositories).values()) },
    kept: repositories.reduce((all, { kept }) => all + kept.length, 0),
    unreadable: repositories.reduce((all, { unreadable }) => all + unreadable.length, 0),
  };
}

/** What the person saw before they agreed, and whether images go that no tag leads to. */
export type CollectionOrder = { containerId: string; withUntagged: boolean };

/**
 * Frees what nothing needs: removes images without a tag, if wanted, stops the registry, has its own collector remove what is unused, starts
 * it again, and asks for everything that is left. Whatever goes wrong after the stop, the registry is started again.
 */
export function collect(parts: Parts, context: OperationContext, order: CollectionOrder): Promise<Result> {
  return whileCollecting(order.containerId, () => collectAlone(parts, context, order));
}

type Parts = { engine: Engine; access: Access; book: RegistryBook };
type Result = TaskResult & { kind: 'collect-registry' };

async function collectAlone(
  { engine, access, book }: Parts,
  context: OperationContext,
  { containerId, withUntagged }: CollectionOrder,
): Promise<Result> {
  const { signal, report, log } = context;
  const registry = checkMayCollect(await inspectRegistry(engine, book));
  if (registry.containerId !== containerId) throw notThere();
  await checkNobodyElseRuns(engine, registry);
  const container = await inspectContainer(engine, containerId);
  const reached: Reached = { engine, registry, container, access };
  report({ phase: 'comparing' });
  const counting = takeCensus(reached, signal);
  let step = await counting.next();
  for (; !step.done; step = await counting.next())
    report({ phase: 'comparing', fraction: step.value.done / Math.max(1, step.value.total) });
  const { output, repositories } = step.value;
  const going = withUntagged ? await removeUnneeded(reached, repositories, context) : [];
  const only = onlyOf(going, repositories);
  const before = await sizesOnDisk(engine, container, [...new Set([...output.unused, ...only.keys()])], signal);
  report({ phase: 'removing' });
  try {
    // an engine that doesn't say that it has stopped it may still do so
    await stopContainer(engine.docker.getContainer(containerId), patience);
    await runCollector(engine, container, signal);
  } finally {
    // also if the task is stopped: what was there before it is there after it, and only a new start forgets what is gone
    await removeCollectors(engine, containerId).catch(() => {}); // one that still works would take for unused what is pushed from now on
    await startOn(engine, engine.docker.getContainer(containerId), registry.port);
    await waitForContainer(engine, containerId, registry.address, {
      signal: AbortSignal.timeout(30_000),
      authority: book.authorityOf(registry.address),
    });
  }
  const after = await sizesOnDisk(engine, container, [...before.keys()]);
  const gone = [...before].filter(([digest]) => !after.has(digest));
  const left = withUntagged ? repositories : repositories.map((one) => ({ ...one, kept: [...one.kept, ...one.unneeded] }));
  const result: CollectionResult = {
    bytes: sum(gone.map(([, size]) => size)),
    blobs: gone.length,
    images: going.length,
    ...(await check(reached, left, context)),
  };
  for (const name of result.broken) log(`${name} can’t be got any more`, { isError: true });
  return { kind: 'collect-registry', ...result };
}

/** What is in the registry, and what of it nothing needs. */
async function* takeCensus(
  { engine, registry, container, access }: Reached,
  signal: AbortSignal,
): AsyncGenerator<{ done: number; total: number }, Census> {
  const output = await askCollector(engine, container, signal);
  const client = await openRegistry(registry.address, access, { signal });
  try {
    const repositories: RepositoryCensus[] = [];
    for (const [name, manifests] of output.manifests) {
      yield { done: repositories.length, total: output.manifests.size };
      repositories.push(await findUnneeded(new Repository(client, name), manifests, signal));
    }
    return { output, repositories };
  } finally {
    client.close();
  }
}

/** Removes images that nothing leads to, each by its digest. Gives those that went. */
async function removeUnneeded(
  { registry, access }: Reached,
  repositories: readonly RepositoryCensus[],
  { signal, report, log }: OperationContext,
): Promise<Needed[]> {
  const client = await openRegistry(registry.address, access, { signal });
  const total = repositories.reduce((all, { unneeded }) => all + unneeded.length, 0);
  const gone: Needed[] = [];
  try {
    for (const census of repositories) {
      if (census.unneeded.length === 0) continue;
      const repository = new Repository(client, census.repository);
      for (const image of await stillUnneeded(repository, census, signal)) {
        signal.throwIfAborted();
        report({ phase: 'removing', fraction: gone.length / total });
        await repository.remove(image.digest, signal);
        log(`Removed ${census.repository}@${image.digest}, which no tag leads to`);
        gone.push(image);
      }
    }
    return gone;
  } finally {
    client.close();
  }
}

/** Asks for everything that is left, as whoever gets it would. */
async function check(
  { registry, access }: Reached,
  repositories: readonly RepositoryCensus[],
  { signal, report }: OperationContext,
): Promise<Pick<CollectionResult, 'checked' | 'broken'>> {
  const client = await openRegistry(registry.address, access, { signal });
  const all = repositories.flatMap(({ repository, kept }) => kept.map((image) => ({ repository, image })));
  const broken: string[] = [];
  const there = new Set<string>();
  try {
    let done = 0;
    await inParallel(all, atOnce, async ({ repository: name, image }) => {
      const repository = new Repository(client, name);
      const [, ...parts] = image.blobs;
      let isWhole = await repository.hasManifest(image.digest, signal);
      for (const part of parts) {
        const key = `${name} ${part.digest}`;
        if (!there.has(key) && (await repository.hasBlob(part, signal))) there.add(key);
        isWhole &&= there.has(key);
      }
      if (!isWhole) broken.push(`${name}@${image.digest}`);
      done += 1;
      report({ phase: 'finishing', fraction: done / all.length });
    });
    return { checked: all.length, broken: broken.sort() };
  } finally {
    client.close();
  }
}

/** The blobs that these images have, and no image that stays, with their sizes. */
function onlyOf(images: readonly Needed[], repositories: readonly RepositoryCensus[]): ReadonlyMap<string, number> {
  const going = new Set(images);
  const stays = repositories.flatMap(({ kept, unneeded }) => [...kept, ...unneeded.filter((one) => !going.has(one))]);
  const kept = new Set(stays.flatMap(({ blobs }) => blobs.map(({ digest }) => digest)));
  return new Map(images.flatMap(({ blobs }) => blobs.flatMap(({ digest, size }) => (kept.has(digest) ? [] : [[digest, size] as const]))));
}

const sum = (numbers: Iterable<number>): number => [...numbers].reduce((all, one) => all + one, 0);
