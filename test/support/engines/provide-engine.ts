import type { TestProject } from 'vitest/node';
import { infoOf } from '../../../main/foundation/engine/engine-info.ts';
import { openEngine } from '../../../main/foundation/engine/open-engine.ts';
import { baseReference } from '../../../tools/engine/base-image.ts';
import type { Engine } from '../../../tools/engine/engine.ts';
import type { EngineKind } from '../../../tools/engine/engine-kinds.ts';
import { startEngine } from '../../../tools/engine/start-engine.ts';
import { runRegistry } from '../run-registry.ts';
import { WorkFolder } from '../work-folder.ts';
import type { About } from './traits.ts';

type ProvidedEngine = { host: string; dataRoot: string; registry: string; about: About; kind?: EngineKind };

declare module 'vitest' {
  export interface ProvidedContext {
    /** One for each worker: see own-engine.ts. */
    engines: ProvidedEngine[];
  }
}

/** Starts an engine for each worker, with `layerdeck/base:1` and `registry:2` on it, and a registry that runs. */
export default async function provideEngines(project: TestProject): Promise<() => Promise<void>> {
  const started: Started[] = [];
  // one after the other: each chooses a network that is still free
  for (let worker = 0; worker < project.config.maxWorkers; worker++) started.push(await startWithRegistry());
  project.provide(
    'engines',
    started.map(({ provided }) => provided),
  );
  return async () => {
    await Promise.all(started.map(({ stop }) => stop()));
  };
}

type Started = { provided: ProvidedEngine; stop: () => Promise<void> };

async function startWithRegistry(): Promise<Started> {
  const engine = await startEngine();
  await Promise.all([engine.makeBaseImage(), engine.makeRegistryImage()]);
  if (engine.kind?.endsWith('containerd')) await takeApart(engine);
  const registry = await runRegistry();
  return {
    provided: {
      host: engine.host,
      dataRoot: engine.dataRoot,
      registry: registry.address,
      about: await describeEngine(engine.host),
      ...(engine.kind && { kind: engine.kind }),
    },
    stop: async () => {
      await registry[Symbol.asyncDispose]();
      await engine.stop();
    },
  };
}

/**
 * Has the base as one that came from elsewhere, without the images of its steps: with containerd's store a prune takes these, and from then
 * on all that the classic builder makes from it is removed in another way. Tests that prune would change what is true for those after them.
 */
async function takeApart({ docker }: Pick<Engine, 'docker'>): Promise<void> {
  using folder = new WorkFolder();
  await docker(['save', '--output', folder.file('base.tar'), baseReference]);
  await docker(['rmi', baseReference]);
  await docker(['load', '--input', folder.file('base.tar')]);
}

async function describeEngine(host: string): Promise<About> {
  const engine = await openEngine({ id: 'test', label: 'test', address: host });
  const { store } = await infoOf(engine);
  return { product: engine.product, version: engine.version, store };
}
