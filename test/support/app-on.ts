import { afterAll } from 'vitest';
import { startApp, type TestApp } from './make-app.ts';

/** An app on an engine that answers, for all tests of the file that asks for it. */
export async function appOn(host: string): Promise<TestApp> {
  const app = await startApp(host);
  afterAll(() => app[Symbol.asyncDispose]());
  return app;
}
