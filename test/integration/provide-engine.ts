import type { TestProject } from 'vitest/node';
import { startEngine } from '../../tools/engine/start-engine.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Path of the test engine's socket. */
    engineSocket: string;
    /** What DOCKER_HOST has to say. */
    engineHost: string;
  }
}

/** Starts the one engine of all integration tests, with `layerdeck/base:1` and `registry:2` on it. */
export default async function provideEngine(project: TestProject): Promise<() => Promise<void>> {
  const engine = await startEngine();
  await Promise.all([engine.makeBaseImage(), engine.makeRegistryImage()]);
  project.provide('engineSocket', engine.socket);
  project.provide('engineHost', engine.host);
  return () => engine.stop();
}
