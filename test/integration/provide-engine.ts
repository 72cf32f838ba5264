import type { TestProject } from 'vitest/node';
import type { Engine } from '../../tools/engine/engine.ts';
import { startEngine } from '../../tools/engine/start-engine.ts';

type ProvidedEngine = { host: string; registry: string };

declare module 'vitest' {
  export interface ProvidedContext {
    /** One for each worker: see own-engine.ts. */
    engines: ProvidedEngine[];
  }
}

/** Starts an engine for each worker, with `layerdeck/base:1` and `registry:2` on it, and a registry that runs. */
export default async function provideEngines(project: TestProject): Promise<() => Promise<void>> {
  const started: Started[] = [];
  // One after the other: they choose a free network by what is taken.
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
  const { container, address } = await runRegistry(engine);
  return {
    provided: { host: engine.host, registry: address },
    stop: async () => {
      await engine.docker(['rm', '--force', '--volumes', container]);
      await engine.stop();
    },
  };
}

async function runRegistry({ docker }: Engine): Promise<{ container: string; address: string }> {
  const container = (await docker(['run', '--detach', '--publish', '127.0.0.1:0:5000', 'registry:2'])).trim();
  const published = (await docker(['port', container, '5000'])).trim();
  return { container, address: published.replace('127.0.0.1', 'localhost') };
}
