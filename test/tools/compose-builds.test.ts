import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inspectCompose } from '../../main/features/projects/compose/inspect-compose.ts';
import type { Engine } from '../../tools/engine/engine.ts';
import type { Suite } from '../../tools/engine/roots.ts';
import { runCommand } from '../../tools/engine/run-command.ts';
import { startEngine } from '../../tools/engine/start-engine.ts';
import { composeOf } from '../support/compose/ask-compose.ts';
import { startApp, type TestApp } from '../support/make-app.ts';
import { WorkFolder } from '../support/work-folder.ts';

// The images that Compose itself builds of a project, beside those that Layerdeck builds of it.

const project = {
  'web/Dockerfile':
    'FROM layerdeck/base:1 AS first\nARG COLOUR=grey\nENV COLOUR=$COLOUR\nCOPY . /web\nRUN ls /web\nFROM first\nENV LAST=1\n',
  'web/.dockerignore': 'secret\n',
  'web/page': 'hello',
  'web/secret': 'x',
  'docker/api.Dockerfile': 'FROM layerdeck/base:1\nARG A=1 B=2 C=3\nENV A=$A B=$B C=$C\nRUN true\nCOPY file /\n',
  'api/file': 'content',
  'keys/key': 'secret',
  'keys/Dockerfile': 'FROM layerdeck/base:1\nRUN --mount=type=secret,id=key cat /run/secrets/key | wc -c > /length\n',
  '.env': "COLOUR='deep $red'\nA=from-env\n",
  'compose.yaml': `x-more: &more {labels: {own: 010, other: "a=b"}}
services:
  web: {build: {<<: *more, context: web, target: first, args: [COLOUR]}}
  api:
    image: it-own-api:\${A:-none}
    build: {<<: *more, context: api, dockerfile: ../docker/api.Dockerfile, args: {A: , B: 1_000, C: "\${NONE-c}"}, network: none}
  keys: {build: {context: keys, secrets: [key]}}
secrets: {key: {file: keys/key}}
`,
  'compose.override.yaml': 'name: it-beside\nservices: {web: {build: {labels: [other=2], tags: ["it-own-web:1"]}}}\n',
};

const names = ['it-beside-web', 'it-own-web:1', 'it-own-api:from-env', 'it-beside-keys'];

describe.each<Suite>(['trixie', 'forky'])('beside Compose of Debian %s', (suite) => {
  let engine: Engine;
  let app: TestApp;
  beforeAll(async () => {
    engine = await startEngine();
    await engine.makeBaseImage();
    app = await startApp(engine.host);
  });
  afterAll(async () => {
    await app?.[Symbol.asyncDispose]();
    await engine?.stop();
  });

  /** Layers and configuration of an image, without what Compose writes of itself. */
  const lookAt = async (name: string) => {
    const { RootFS, Config } = await app.connection.engine.docker.getImage(name).inspect();
    const labels = Object.entries(Config.Labels ?? {}).filter(([label]) => !label.startsWith('com.docker.compose.'));
    return { layers: RootFS.Layers, config: { ...Config, Labels: Object.fromEntries(labels) } };
  };

  test('every image is the same, and has the same names', async () => {
    using folder = new WorkFolder(project);
    const config = mkdtempSync(join(tmpdir(), 'layerdeck-docker-'));
    const [file = '', ...args] = composeOf(suite);
    const env = { DOCKER_HOST: engine.host, DOCKER_CONTEXT: '', DOCKER_CONFIG: config, DOCKER_BUILDKIT: '1', COMPOSE_BAKE: 'false' };
    await runCommand(file, [...args, 'build'], { cwd: folder.path, env: { ...env, A: undefined, COLOUR: undefined, NONE: undefined } });
    rmSync(config, { recursive: true, force: true });
    const byCompose = await Promise.all(names.map(lookAt));
    await engine.docker(['rmi', '--force', ...names]);

    const ground = { folder: folder.path, granted: [folder.path], grant: (path: string) => app.grants.grant(path, 'read') };
    const { builds = [] } = (await inspectCompose(ground)) ?? {};
    expect(builds.flatMap(({ obstacles, leftOut }) => [...obstacles, ...leftOut])).toEqual([]);
    for (const { build } of builds) {
      if (build) expect(await app.run({ kind: 'build', folder: build.folder, ...build.inputs })).toMatchObject({ state: 'succeeded' });
    }
    expect(await Promise.all(names.map(lookAt))).toEqual(byCompose);
  });
});
