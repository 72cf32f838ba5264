import { afterAll, beforeAll, describe } from 'vitest';
import { TestApp } from '../support/make-app.ts';
import { testOddArchives } from '../support/odd-archive-tests.ts';
import { otherEngines, type Started } from '../support/started-engines.ts';
import { TarballCases } from '../support/tarball-cases.ts';

describe.each(otherEngines)('%s', (_, start) => {
  const cases = new TarballCases();
  let engine: Started;
  let app: TestApp;
  beforeAll(async () => {
    engine = await start();
    app = new TestApp(engine.host);
    await app.connected();
  });
  afterAll(async () => {
    await app[Symbol.asyncDispose]();
    await engine.stop();
    cases[Symbol.dispose]();
  });

  testOddArchives({ app: () => app, cases });
});
