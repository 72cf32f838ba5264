// biome-ignore-all lint/suspicious/noTemplateCurlyInString: that is what variables look like in these files
import { mkdirSync, symlinkSync } from 'node:fs';
import { basename } from 'node:path';
import { expect, test } from 'vitest';
import type { ComposeBuild } from '../../../../contract/compose.ts';
import { inspectCompose } from '../../../../main/features/projects/compose/inspect-compose.ts';
import { toFailure } from '../../../../main/foundation/failures/failure.ts';
import { Grants } from '../../../../main/foundation/files/grants.ts';
import { WorkFolder } from '../../../support/work-folder.ts';

const grants = new Grants();
const pathOf = (grant?: string) => grants.pathOf(grant ?? '', 'read');

const ground = (folder: string, ...also: string[]) => ({
  folder,
  granted: [folder, ...also],
  grant: (path: string) => grants.grant(path, 'read'),
});

const inspect = (folder: WorkFolder, given?: Record<string, string>) => inspectCompose(ground(folder.path), given);

async function onlyBuild(build: string, files: Record<string, string> = {}): Promise<ComposeBuild> {
  using folder = new WorkFolder({
    Dockerfile: 'FROM scratch\n',
    ...files,
    'compose.yaml': `name: shop\nservices:\n  web:\n    build: ${build}\n`,
  });
  const [only] = (await inspect(folder))?.builds ?? [];
  return only as ComposeBuild;
}

async function refusal(files: Record<string, string>): Promise<string> {
  using folder = new WorkFolder({ Dockerfile: 'FROM scratch\n', ...files });
  const { title, detail } = await inspect(folder).then(
    () => ({ title: 'not refused', detail: '' }),
    (error) => toFailure(error),
  );
  return `${title}: ${detail}`;
}

test('hands over all that a build needs', async () => {
  using folder = new WorkFolder({
    'web/Dockerfile': 'FROM scratch AS first\nARG A\nFROM scratch\n',
    'docker/api.Dockerfile': 'FROM scratch\n',
    'api/x': '',
    token: 'secret',
    '.env': 'TAG=3\n',
    'compose.yaml': `
name: shop
services:
  web:
    build: {context: web, target: first, args: [A=1, B, C=$NONE], labels: {x: y}, network: none, pull: true, tags: ['me/web:x']}
    image: me/web:\${TAG}
  api:
    build: {context: api, dockerfile: ../docker/api.Dockerfile, no_cache: true, cache_from: [me/api, 'type=gha'], secrets: [token], ssh: [default]}
    platform: linux/arm64
    profiles: [dev]
  db: {image: postgres}
secrets: {token: {file: ./token}}
`,
  });
  const project = await inspect(folder);
  expect(project).toMatchObject({ name: 'shop', files: ['compose.yaml'], hasEnv: true, includes: [] });
  const [web, api, ...others] = project?.builds ?? [];
  expect(others).toEqual([]);
  expect(web).toMatchObject({
    service: 'web',
    unset: ['NONE'],
    args: [{ name: 'A', value: '1' }, { name: 'B' }, { name: 'C', value: '' }],
  });
  expect(pathOf(web?.build?.folder)).toBe(folder.file('web'));
  expect(web?.build?.inputs).toEqual({
    dockerfile: 'Dockerfile',
    references: ['me/web:3', 'me/web:x'],
    target: 'first',
    args: { A: '1', C: '' },
    labels: { x: 'y' },
    network: 'none',
    pullBase: true,
  });
  expect(api).toMatchObject({ profiles: ['dev'], asksForKeys: true, leftOut: ['cache_from'], obstacles: [] });
  expect(pathOf(api?.build?.folder)).toBe(folder.file('api'));
  const { dockerfileFrom, secrets = [], ...inputs } = api?.build?.inputs ?? { references: [] };
  expect(inputs).toEqual({
    dockerfile: 'api.Dockerfile',
    references: ['shop-api:latest'],
    platform: 'linux/arm64',
    noCache: true,
    cacheFrom: ['me/api:latest'],
  });
  // what lies beside the build folder is granted by itself
  expect(pathOf(dockerfileFrom)).toBe(folder.file('docker/api.Dockerfile'));
  expect(secrets.map(({ id, source }) => [id, source.from === 'file' && pathOf(source.file)])).toEqual([['token', folder.file('token')]]);
});

test('the first file in Compose’s order counts, and its override goes over it', async () => {
  using folder = new WorkFolder({
    Dockerfile: 'FROM scratch\n',
    'docker-compose.yml': 'services: {old: {build: .}}',
    'compose.yml': 'services: {web: {build: {context: ., args: {A: 1, B: 1}}}}',
    'compose.override.yaml': 'services: {web: {build: {args: [A=2]}, image: own}}',
  });
  const project = await inspect(folder);
  expect(project?.files).toEqual(['compose.yml', 'compose.override.yaml']);
  expect(project?.builds.map(({ service, references, args }) => ({ service, references, args }))).toEqual([
    {
      service: 'web',
      references: ['own:latest'],
      args: [
        { name: 'A', value: '2' },
        { name: 'B', value: '1' },
      ],
    },
  ]);
});

test('values that are given count more than those in .env', async () => {
  using folder = new WorkFolder({
    Dockerfile: 'FROM scratch\n',
    '.env': 'TAG=1\n',
    'compose.yaml': 'services: {web: {build: ., image: "web:${TAG}"}}',
  });
  expect((await inspect(folder, { TAG: '2' }))?.builds[0]?.references).toEqual(['web:2']);
  expect((await inspect(folder))?.builds[0]?.references).toEqual(['web:1']);
});

test('this program’s own environment is not used', async () => {
  process.env.LAYERDECK_TEST_ONLY = 'leaked';
  const { args, unset } = await onlyBuild('{args: [LAYERDECK_TEST_ONLY, "X=$LAYERDECK_TEST_ONLY"]}');
  delete process.env.LAYERDECK_TEST_ONLY;
  expect(args).toEqual([{ name: 'LAYERDECK_TEST_ONLY' }, { name: 'X', value: '' }]);
  expect(unset).toEqual(['LAYERDECK_TEST_ONLY']);
});

test.each([
  ['{additional_contexts: {a: ./b}}', [{ kind: 'option', option: 'additional_contexts' }]],
  ['{dockerfile_inline: FROM scratch}', [{ kind: 'option', option: 'dockerfile_inline' }]],
  [
    '{extra_hosts: ["a:1.2.3.4"], privileged: true}',
    [
      { kind: 'option', option: 'extra_hosts' },
      { kind: 'option', option: 'privileged' },
    ],
  ],
  ['{extra_hosts: [], privileged: false}', []],
  ['{foo: 1}', [{ kind: 'unknown-option', option: 'foo' }]],
  ['{network: mine}', [{ kind: 'value', option: 'network', value: 'mine' }]],
  ['{platforms: [linux/arm64, linux/amd64]}', [{ kind: 'platforms', platforms: ['linux/arm64', 'linux/amd64'] }]],
  ['{args: {"a.b": 1}}', [{ kind: 'value', option: 'args', value: 'a.b' }]],
  ['{args: {A: {B: 1}}}', [{ kind: 'value', option: 'args', value: '' }]],
  ['{tags: [UPPER]}', [{ kind: 'value', option: 'tags', value: 'UPPER' }]],
  ['{secrets: [none]}', [{ kind: 'option', option: 'secrets' }]],
  ['{ssh: ["default=/key"]}', [{ kind: 'option', option: 'ssh' }]],
  ['https://example.org/a.git', [{ kind: 'remote', context: 'https://example.org/a.git' }]],
  ['git@example.org:a', [{ kind: 'remote', context: 'git@example.org:a' }]],
  ['{target: "${T:?say which}"}', [{ kind: 'required', variable: 'T', message: 'say which' }]],
  ['{target: "${"}', [{ kind: 'malformed', text: '${' }]],
  ['12', [{ kind: 'value', option: 'build', value: '12' }]],
])('%s cannot be built, and the reason is told', async (build, obstacles) => {
  const found = await onlyBuild(build);
  expect(found.obstacles).toEqual(obstacles);
  expect(found.build === undefined).toBe(obstacles.length > 0);
});

test('what changes nothing in the image is left out and named', async () => {
  const found = await onlyBuild('{cache_to: [x], shm_size: 1g, sbom: true, x-own: 1}');
  expect(found.leftOut).toEqual(['cache_to', 'shm_size', 'sbom']);
  expect(found.build).toBeDefined();
});

test('names the services whose images a Dockerfile starts from', async () => {
  using folder = new WorkFolder({
    'base/Dockerfile': 'FROM scratch\n',
    'web/Dockerfile': 'ARG FROM_IMAGE\nFROM $FROM_IMAGE\nCOPY --from=busybox /x /\n',
    'compose.yaml': 'name: shop\nservices:\n  base: {build: base}\n  web: {build: {context: web, args: {FROM_IMAGE: shop-base}}}\n',
  });
  expect((await inspect(folder))?.builds.map(({ needs }) => needs)).toEqual([[], ['base']]);
});

test('nothing outside of what was chosen is reached, neither by “..” nor by a link', async () => {
  using outside = new WorkFolder({ Dockerfile: 'FROM scratch\n', token: 'x' });
  using folder = new WorkFolder({
    Dockerfile: 'FROM scratch\n',
    'compose.yaml': `services:
  up: {build: ../${basename(outside.path)}}
  link: {build: ./link}
  file: {build: {context: ., dockerfile: link/Dockerfile}}
  home: {build: ~/x}
  secret: {build: {context: ., secrets: [s]}}
  gone: {build: gone}
secrets: {s: {file: ${outside.file('token')}}}
`,
  });
  symlinkSync(outside.path, folder.file('link'));
  const { builds = [] } = (await inspect(folder)) ?? {};
  expect(builds.map(({ service, obstacles, build }) => [service, obstacles.map(({ kind }) => kind), build])).toEqual([
    ['up', ['outside'], undefined],
    ['link', ['outside'], undefined],
    ['file', ['outside'], undefined],
    ['home', ['outside'], undefined],
    ['secret', ['outside'], undefined],
    ['gone', ['missing'], undefined],
  ]);
  const chosen = await inspectCompose(ground(folder.path, outside.path));
  expect(chosen?.builds.filter(({ build }) => build).map(({ service }) => service)).toEqual(['up', 'link', 'file', 'secret']);
});

test('a Compose file or .env that is a link out of the folder is not read', async () => {
  using outside = new WorkFolder({ 'compose.yaml': 'services: {web: {build: .}}', '.env': 'A=secret\n' });
  using folder = new WorkFolder({ Dockerfile: 'FROM scratch\n' });
  symlinkSync(outside.file('compose.yaml'), folder.file('compose.yaml'));
  await expect(inspect(folder)).rejects.toThrow('compose.yaml is a link that leads out of the folder');
  using other = new WorkFolder({ Dockerfile: 'FROM scratch\n', 'compose.yaml': 'services: {web: {build: {args: [A]}}}' });
  symlinkSync(outside.file('.env'), other.file('.env'));
  await expect(inspect(other)).rejects.toThrow('.env is a link that leads out of the folder');
  using third = new WorkFolder({ 'compose.yaml': 'services: {web: {build: ., extends: {service: web, file: more.yaml}}}' });
  symlinkSync(outside.file('compose.yaml'), third.file('more.yaml'));
  expect((await inspect(third))?.builds[0]?.obstacles).toContainEqual({ kind: 'extends', file: 'more.yaml' });
});

test.each([
  ['Line 2 of compose.yaml can’t be read: ', { 'compose.yaml': 'services:\n  - [x' }],
  ['Line 1 of .env can’t be read: A quote isn’t closed.', { 'compose.yaml': 'services: {a: {build: .}}', '.env': 'A="x' }],
  ['The file .env says that other Compose files count', { 'compose.yaml': 'services: {a: {build: .}}', '.env': 'COMPOSE_FILE=b.yaml\n' }],
  ['The project’s name in .env can’t be used', { 'compose.yaml': 'services: {a: {build: .}}', '.env': 'COMPOSE_PROJECT_NAME=A b\n' }],
  [
    'Two parts of compose.yaml and compose.override.yaml don’t fit together',
    { 'compose.yaml': 'services: {a: {build: {tags: [x]}}}', 'compose.override.yaml': 'services: {a: {build: {tags: y}}}' },
  ],
  ['compose.yaml can’t be read: It isn’t a plain file', { 'compose.yaml': `# ${'x'.repeat(140_000)}` }],
])('%s', async (words, files) => {
  expect(await refusal(files as Record<string, string>)).toContain(words);
});

test.each([
  [
    'too many builds',
    `services:\n${Array.from({ length: 201 }, (_, place) => `  s${place}: {build: .}\n`).join('')}`,
    'The Compose file asks for too much',
  ],
  [
    'too many services',
    `services:\n${Array.from({ length: 501 }, (_, place) => `  s${place}: {image: a}\n`).join('')}`,
    'more than 500 services',
  ],
  [
    'a long text that is repeated',
    `x: &x {labels: {a: "${'x'.repeat(19_000)}"}}\nservices:\n${Array.from({ length: 60 }, (_, place) => `  s${place}: {build: *x}\n`).join('')}`,
    'The Compose file asks for too much',
  ],
])('%s are refused', async (_, text, words) => {
  expect(await refusal({ 'compose.yaml': text })).toContain(words);
});

test('a folder without a Compose file, or with one that builds nothing, is like any other', async () => {
  using none = new WorkFolder({ Dockerfile: 'FROM scratch\n' });
  using nothing = new WorkFolder({ 'compose.yaml': 'services: {db: {image: postgres}}' });
  expect(await inspect(none)).toBeUndefined();
  expect(await inspect(nothing)).toBeUndefined();
});

test('extends is followed, and told where it can’t be, as include is', async () => {
  using folder = new WorkFolder({
    Dockerfile: 'FROM scratch\n',
    'sub/Dockerfile': 'FROM scratch\n',
    'sub/far.yaml': 'services: {web: {extends: {service: web, file: ../further.yaml}, build: .}}',
    'further.yaml': 'services: {web: {build: {args: [FURTHER=1]}}}',
    'compose.yaml': `include: [more.yaml, {path: [a.yaml, b.yaml]}]
services:
  base: {build: {context: ., args: {A: "$NONE"}}, image: base}
  same: {extends: base, image: same}
  file: {extends: {service: web, file: other.yaml}, build: .}
  far: {extends: {service: web, file: sub/far.yaml}, image: far}
  none: {extends: nowhere}
  loop: {extends: loop, build: .}
`,
  });
  const project = await inspect(folder);
  expect(project?.includes).toEqual(['more.yaml', 'a.yaml', 'b.yaml']);
  expect(project?.builds.map(({ service, obstacles }) => [service, ...obstacles])).toEqual([
    ['base'],
    ['same'],
    ['file', { kind: 'extends', file: 'other.yaml' }],
    ['far'],
    ['none', { kind: 'no-base', service: 'nowhere' }],
    ['loop', { kind: 'no-base', service: 'loop' }],
  ]);
  expect(project?.builds[3]).toMatchObject({ context: 'sub', args: [{ name: 'FURTHER', value: '1' }] });
  expect(pathOf(project?.builds[3]?.build?.folder)).toBe(folder.file('sub'));
  expect(project?.builds[1]).toMatchObject({ references: ['same:latest'], unset: ['NONE'] });
});

test('a folder whose name gives none needs image:', async () => {
  using folder = new WorkFolder({});
  mkdirSync(folder.file('__'));
  folder.write('__/Dockerfile', 'FROM scratch\n');
  folder.write('__/compose.yaml', 'services: {a: {build: .}, b: {build: ., image: x}}');
  const project = await inspectCompose(ground(folder.file('__')));
  expect(project?.builds.map(({ obstacles }) => obstacles)).toEqual([[{ kind: 'no-name' }], []]);
});
