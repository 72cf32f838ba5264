import { existsSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Builder } from '../../contract/engine.ts';
import { openEngine } from '../../main/engine/open-engine.ts';
import type { Engine } from '../../tools/engine/engine.ts';
import { programOf, provideNewerRoot } from '../../tools/engine/newer-root.ts';
import { startEngine } from '../../tools/engine/start-engine.ts';
import type { OtherClient } from '../../tools/fuzz/contexts/builds.ts';
import { buildDirectly } from '../support/build-directly.ts';
import { testContextParity } from '../support/context-parity-tests.ts';
import { pushAsForecast } from '../support/forecast-scenario.ts';
import { TestApp } from '../support/make-app.ts';
import { isNewerMissing } from '../support/newer-engine.ts';
import { installedCommands, testParity } from '../support/parity-tests.ts';
import { runRegistry } from '../support/run-registry.ts';
import { WorkFolder } from '../support/work-folder.ts';

const isMissing = await isNewerMissing();
const installed = await installedCommands();
const newer = isMissing
  ? undefined
  : (installed.newer ?? { program: programOf(provideNewerRoot(), 'usr/bin/docker'), modes: 'docker-24' as const });

const stores: { store: string; features: Record<string, boolean> }[] = [
  { store: 'graph drivers', features: {} },
  { store: 'containerd', features: { 'containerd-snapshotter': true } },
];

describe.skipIf(isMissing).each(stores)('Docker Engine 26, images in $store', ({ store, features }) => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await startEngine({ version: '26', features });
    await engine.makeBaseImage();
  });
  afterAll(async () => {
    await engine.stop();
    expect(existsSync(engine.dataRoot)).toBe(false);
    expect(readFileSync('/proc/self/mounts', 'utf8')).not.toContain(dirname(engine.dataRoot));
  });

  test('it is what it says', async () => {
    const { version, builder, docker } = await openEngine({ id: 'test', label: 'test', address: engine.host });
    expect(version).toMatch(/^26\./);
    expect(builder).toBe('buildkit');
    const { DriverStatus } = await docker.info();
    expect(JSON.stringify(DriverStatus).includes('io.containerd.snapshotter')).toBe(store === 'containerd');
  });

  test('a push sends what was forecast', async () => {
    await engine.makeRegistryImage();
    await using registry = await runRegistry(engine);
    await using app = new TestApp(engine.host);
    await app.connected();
    await pushAsForecast(app, engine.docker, registry.address);
  });

  test.each(['buildkit', 'classic'] as const)(
    '%s: built on a base image that is here, the second time everything is cached',
    async (builder) => {
      using folder = new WorkFolder({ Dockerfile: `FROM layerdeck/base:1\nCOPY a /a\nRUN cat /a\n`, a: String(Math.random()) });
      await buildDirectly(engine.host, builder, { folder: folder.path });
      const { steps } = await buildDirectly(engine.host, builder, { folder: folder.path });
      expect(steps.map(({ state }) => state)).toEqual(['cached', 'cached', 'cached']);
    },
  );

  testParity(() => engine.host, { ...installed, ...(newer && { newer }) });

  // what arrives does not depend on where it is stored
  if (store === 'graph drivers' && !isMissing) {
    const root = provideNewerRoot();
    const clients: Record<Builder, OtherClient> = {
      buildkit: { program: programOf(root, 'usr/libexec/docker/cli-plugins/docker-buildx'), modes: 'docker-24' },
      classic: { program: programOf(root, 'usr/bin/docker'), modes: 'docker-24' },
    };
    testContextParity(() => ({ host: engine.host, client: (builder) => clients[builder] }), { plainPatterns: false, textLines: true });
  }
});
