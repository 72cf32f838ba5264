import { afterAll, beforeAll, describe } from 'vitest';
import { startEngine } from '../../tools/engine/start-engine.ts';
import { startPodman } from '../../tools/record/start-podman.ts';
import { TestApp } from '../support/make-app.ts';
import { isNewerMissing } from '../support/newer-engine.ts';
import { testOddArchives } from '../support/odd-archive-tests.ts';
import { TarballCases } from '../support/tarball-cases.ts';
import { WorkFolder } from '../support/work-folder.ts';

type Started = { host: string; stop(): Promise<void> };

async function podman(): Promise<Started> {
  const folder = new WorkFolder();
  const { socket, stop } = await startPodman(folder.path);
  return {
    host: `unix://${socket}`,
    stop: async () => {
      await stop();
      folder[Symbol.dispose]();
    },
  };
}

const isMissing = await isNewerMissing();
const engines: [name: string, start: () => Promise<Started>][] = [
  ['Podman', podman],
  ...(isMissing
    ? []
    : ([
        ['Docker Engine 26, graph drivers', () => startEngine({ version: '26' })],
        ['Docker Engine 26, containerd', () => startEngine({ version: '26', features: { 'containerd-snapshotter': true } })],
      ] as [string, () => Promise<Started>][])),
];

describe.each(engines)('%s', (_, start) => {
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
