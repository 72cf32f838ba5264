import { describe, expect, test } from 'vitest';
import type { ComposeBuild } from '../../../contract/compose.ts';
import { inspectCompose } from '../../../main/features/projects/compose/inspect-compose.ts';
import { base, builderChoices, host, traits } from '../../support/engines/own-engine.ts';
import { startApp, type TestApp } from '../../support/make-app.ts';
import { WorkFolder } from '../../support/work-folder.ts';

/** What the project of a folder offers to build, by service. */
async function buildsOf(app: TestApp, folder: WorkFolder): Promise<Record<string, ComposeBuild>> {
  const ground = { folder: folder.path, granted: [folder.path], grant: (path: string) => app.grants.grant(path, 'read') };
  const project = await inspectCompose(ground);
  return Object.fromEntries((project?.builds ?? []).map((build) => [build.service, build]));
}

const start = (app: TestApp, { build }: ComposeBuild) => {
  if (!build) throw new Error('the build has obstacles');
  return app.run({ kind: 'build', folder: build.folder, ...build.inputs });
};

const configOf = async (app: TestApp, reference: string) => (await app.connection.engine.docker.getImage(reference).inspect()).Config;

const project = (mark: string): Record<string, string> => ({
  'web/Dockerfile': `FROM ${base} AS first\nARG COLOUR=grey\nENV COLOUR=$COLOUR MARK=${mark}\nRUN true\nFROM first\nENV COLOUR=wrong\n`,
  'docker/api.Dockerfile': `FROM ${base}\nARG WHO=nobody\nENV WHO=$WHO\nCOPY file /file\nRUN cat /file\n`,
  'api/file': mark,
  '.env': 'COLOUR="deep red"\nWHO=me # not you\n',
  'compose.yaml': `name: it-compose
x-common: &common {labels: {mark: "${mark}"}}
services:
  web: {build: {<<: *common, context: web, target: first, args: {COLOUR: }, tags: [it-compose:more]}}
  api: {build: {<<: *common, context: api, dockerfile: ../docker/api.Dockerfile, args: ["WHO=<$WHO>"]}, image: "it-compose-own:$COLOUR-"}
`,
  'compose.override.yml': 'services: {api: {image: "it-compose-own:1"}}',
});

describe.each(builderChoices)('builder %s', (builder) => {
  test('what a project’s Compose files say is what the images have', async () => {
    await using app = await startApp(host, { builder });
    using folder = new WorkFolder(project(`mark-${Math.random()}`));
    const { web, api } = await buildsOf(app, folder);
    for (const one of [web, api]) expect(await start(app, one as ComposeBuild)).toMatchObject({ state: 'succeeded' });
    const [first, more, own] = await Promise.all(
      ['it-compose-web', 'it-compose:more', 'it-compose-own:1'].map((reference) => configOf(app, reference)),
    );
    expect(first?.Env).toContain('COLOUR=deep red');
    expect(more).toEqual(first);
    expect(own?.Env).toContain('WHO=<me>');
    expect(own?.Labels).toMatchObject({ mark: expect.stringMatching(/^mark-/) });
  });
});

test.runIf(traits.hasBuildKit)('a secret that the project keeps in a file is there for the step that asks for it', async () => {
  await using app = await startApp(host);
  const value = `value-${Math.random()}`;
  using folder = new WorkFolder({
    Dockerfile: `FROM ${base}\nRUN --mount=type=secret,id=key test "$(cat /run/secrets/key)" = "${value}"\n`,
    'keys/key': value,
    'compose.yaml':
      'services: {web: {build: {context: ., secrets: [key]}, image: it-compose-secret}}\nsecrets: {key: {file: ./keys/key}}\n',
  });
  const { web } = await buildsOf(app, folder);
  expect(await start(app, web as ComposeBuild)).toMatchObject({ state: 'succeeded' });
});
