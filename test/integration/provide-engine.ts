import type { TestProject } from 'vitest/node';
import { startEngine } from '../../tools/engine/start-engine.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** What DOCKER_HOST has to say: `unix://…`. */
    host: string;
    /** A small image with a shell. */
    base: string;
    /** Address of a registry that the engine reaches without TLS. */
    registry: string;
  }
}

/** Starts the one engine of all integration tests, with `layerdeck/base:1` and `registry:2` on it. */
export default async function provideEngine(project: TestProject): Promise<() => Promise<void>> {
  const engine = await startEngine();
  await Promise.all([engine.makeBaseImage(), engine.makeRegistryImage()]);
  project.provide('host', engine.host);
  project.provide('base', 'layerdeck/base:1');
  const container = (await engine.docker(['run', '--detach', '--publish', '127.0.0.1:0:5000', 'registry:2'])).trim();
  const address = (await engine.docker(['port', container, '5000'])).trim();
  project.provide('registry', address.replace('127.0.0.1', 'localhost'));
  return async () => {
    await engine.docker(['rm', '--force', '--volumes', container]);
    await engine.stop();
  };
}
