import { execFileSync } from 'node:child_process';
import { symlinkSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { BuildInputs } from '../../../contract/build.ts';
import { inspectFolder } from '../../../main/features/projects/inspect-folder.ts';
import { WorkFolder } from '../../support/work-folder.ts';

test('finds the Dockerfiles with their stages and arguments, the plain one first', async () => {
  using folder = new WorkFolder({
    'Dockerfile.dev': 'FROM a\n',
    Dockerfile: 'ARG VERSION=1\nFROM a:$VERSION AS build\nARG WHO="a b"\nARG EMPTY\nARG TARGETARCH\nFROM b AS final\nARG WHO=other\n',
    'Dockerfile.dockerignore': 'x',
    Containerfile: 'FROM c\n',
    '.dockerignore': 'y',
    'README.md': 'FROM nothing',
  });
  const { dockerfiles } = await inspectFolder(folder.path);
  expect(dockerfiles.map(({ path }) => path)).toEqual(['Dockerfile', 'Containerfile', 'Dockerfile.dev']);
  expect(dockerfiles[0]).toEqual({
    path: 'Dockerfile',
    stages: ['build', 'final'],
    args: [{ name: 'VERSION', default: '1' }, { name: 'WHO', default: 'a b' }, { name: 'EMPTY' }],
    secrets: [],
    ssh: [],
  });
});

test('finds those in the folders below, and none where tools keep other people’s files', async () => {
  using folder = new WorkFolder({
    'services/api/Dockerfile.prod': 'FROM a\n',
    'docker/api.Dockerfile': 'FROM a\n',
    'a/b/c/d/e/Dockerfile': 'FROM too-deep\n',
    'node_modules/x/Dockerfile': 'FROM a\n',
    '.git/Dockerfile': 'FROM a\n',
    'Dockerfile.md': 'a text',
    'src/Dockerfile.ts': 'a program',
  });
  const { dockerfiles } = await inspectFolder(folder.path);
  expect(dockerfiles.map(({ path }) => path)).toEqual(['docker/api.Dockerfile', 'services/api/Dockerfile.prod']);
});

test('names the secrets and SSH keys that steps ask for, each once', async () => {
  using folder = new WorkFolder({
    Dockerfile: [
      'FROM a',
      'RUN --mount=type=secret,id=npm-token,required=true npm ci',
      'RUN --mount=type=cache,target=/root/.npm --mount=type=secret,id=npm-token --mount=type=secret,target=/run/secrets/key.pem \\',
      '  true',
      'RUN --mount=type=ssh,id=default git clone x',
      'RUN --mount=type=ssh --mount=id=deploy,required=true,type=ssh git clone y',
      'run --mount=Type=SSH,id= git clone z',
      'RUN echo --mount=type=ssh,id=in-the-command',
      '# RUN --mount=type=ssh,id=in-a-comment',
    ].join('\n'),
  });
  expect((await inspectFolder(folder.path)).dockerfiles[0]).toMatchObject({
    secrets: ['npm-token', 'key.pem'],
    ssh: ['default', 'deploy'],
  });
});

test('SSH keys stay allowed only to a Dockerfile that still asks for them', async () => {
  using folder = new WorkFolder({ Dockerfile: 'FROM a\nRUN --mount=type=ssh true\n', 'Other.Dockerfile': 'FROM a\n' });
  const last: BuildInputs = { dockerfile: 'Dockerfile', references: ['app:1'], ssh: true };
  expect((await inspectFolder(folder.path, { last })).lastInputs).toEqual(last);
  const other = await inspectFolder(folder.path, { last: { ...last, dockerfile: 'Other.Dockerfile' } });
  expect(other.lastInputs).toEqual({ dockerfile: 'Other.Dockerfile', references: ['app:1'] });
});

test('gives back the last inputs as far as they still apply', async () => {
  using folder = new WorkFolder({ Dockerfile: 'FROM a AS one\nARG A\n', 'Other.Dockerfile': 'FROM a\n' });
  const last: BuildInputs = { dockerfile: 'Dockerfile', references: ['app:1'], target: 'one', args: { A: '1', GONE: '2' }, noCache: true };
  const held = await inspectFolder(folder.path, { last });
  expect(held.lastInputs).toEqual({ ...last, args: { A: '1' } });
  const others = await inspectFolder(folder.path, { last: { ...last, dockerfile: 'Other.Dockerfile', target: 'two' } });
  expect(others.lastInputs).toEqual({ dockerfile: 'Other.Dockerfile', references: ['app:1'], noCache: true });
  expect(await inspectFolder(folder.path, { last: { ...last, dockerfile: 'gone/Dockerfile' } })).not.toHaveProperty('lastInputs');
});

test('a folder without a Dockerfile is refused with an explanation', async () => {
  using folder = new WorkFolder({ 'main.c': '' });
  await expect(inspectFolder(folder.path)).rejects.toMatchObject({
    failure: { kind: 'dockerfile', title: expect.stringContaining('no Dockerfile') },
  });
});

const pathsIn = async (folder: WorkFolder) => (await inspectFolder(folder.path)).dockerfiles.map(({ path }) => path);

test.each([
  'Dockerfile.go',
  'Dockerfile.py',
  'Dockerfile.sh',
  'Dockerfile_dev',
  'Dockerfile dev',
  'Dockerfile-dev',
  'DOCKERFILE',
  'dockerfile',
  'Dockerfile.ü',
  'Dockerfile.txt',
  'Containerfile.x',
  'x.Dockerfile',
  'x.y.dockerfile',
])('%s is a Dockerfile', async (name) => {
  using folder = new WorkFolder({ [name]: '# one\nARG A=1\nFROM --platform=linux/amd64 a AS b\nRUN x\n' });
  expect(await pathsIn(folder)).toEqual([name]);
});

test.each([
  'Dockerfile.tar.gz',
  'Dockerfile.tgz',
  'Dockerfile.zip',
  'Dockerfile.bak',
  'Dockerfile~',
  'Dockerfile.orig',
  'Dockerfile.swp',
  'Dockerfile.dockerignore',
  'DOCKERFILE.DOCKERIGNORE',
  'Dockerfile.j2',
  'Dockerfile.tmpl',
  'Dockerfile.md',
  'MyDockerfile',
  'Dockerfiles',
  '.dockerfile',
  'docker-compose.yml',
])('%s isn’t a Dockerfile', async (name) => {
  using folder = new WorkFolder({ [name]: 'FROM a\n', 'x.Dockerfile': 'FROM a\n' });
  expect(await pathsIn(folder)).toEqual(['x.Dockerfile']);
});

test('a program that has such a name is told apart by what is in it', async () => {
  using folder = new WorkFolder({
    Dockerfile: 'FROM a\n',
    'dockerfile.go': '// Package dockerfile\npackage dockerfile\n',
    'dockerfile.py': 'from docker import parse\n',
    'Dockerfile.js': '',
    'Dockerfile.rb': '# nothing\nARG A=1\nFROM a\n',
  });
  expect(await pathsIn(folder)).toEqual(['Dockerfile', 'Dockerfile.rb']);
});

test.each([
  [
    'ARG A=1 B=2',
    [
      { name: 'A', default: '1' },
      { name: 'B', default: '2' },
    ],
  ],
  ['ARG A=1 \\\n  # why\n  B="two words" C', [{ name: 'A', default: '1' }, { name: 'B', default: 'two words' }, { name: 'C' }]],
  [
    'ARG A=x\\ y B=\'it is\' C=a"b c"d',
    [
      { name: 'A', default: 'x y' },
      { name: 'B', default: 'it is' },
      { name: 'C', default: 'ab cd' },
    ],
  ],
  ['ARG A=', [{ name: 'A', default: '' }]],
])('each argument of %s has a field', async (line, args) => {
  using folder = new WorkFolder({ Dockerfile: `FROM a\n${line}\nRUN x\n` });
  expect((await inspectFolder(folder.path)).dockerfiles[0]?.args).toEqual(args);
});

test.each<[string, (folder: WorkFolder) => void, string]>([
  ['a pipe', (folder) => execFileSync('mkfifo', [folder.file('Dockerfile')]), 'isn’t a readable file'],
  ['a device', (folder) => symlinkSync('/dev/zero', folder.file('Dockerfile')), 'isn’t a readable file'],
  ['a link loop', (folder) => symlinkSync('Dockerfile', folder.file('Dockerfile')), 'can’t be read'],
  ['a link that leads nowhere', (folder) => symlinkSync('gone', folder.file('Dockerfile')), 'can’t be read'],
  ['something huge', (folder) => folder.write('Dockerfile', Buffer.alloc(9 * 1024 * 1024)), 'too large'],
])('%s is named for what it is, and does not prevent a build with another', async (_, make, words) => {
  using folder = new WorkFolder();
  make(folder);
  const refused = { failure: { kind: 'dockerfile', title: expect.stringMatching(new RegExp(`^Dockerfile .*${words}`)) } };
  await expect(inspectFolder(folder.path)).rejects.toMatchObject(refused);
  folder.write('Dockerfile.dev', 'FROM a\n');
  const { dockerfiles, unreadable } = await inspectFolder(folder.path);
  expect(dockerfiles.map(({ path }) => path)).toEqual(['Dockerfile.dev']);
  expect(unreadable).toEqual([expect.stringContaining(words)]);
});

test('five megabytes of comments still make a Dockerfile', async () => {
  using folder = new WorkFolder({ Dockerfile: `FROM a AS b\n${`# ${'x'.repeat(97)}\n`.repeat(50_000)}` });
  expect((await inspectFolder(folder.path)).dockerfiles[0]?.stages).toEqual(['b']);
});

test('a Dockerfile chosen by hand is offered, inside the folder or outside', async () => {
  using folder = new WorkFolder({ 'build/recipe': 'FROM a AS inside\n', Dockerfile: 'FROM a\n' });
  using elsewhere = new WorkFolder({ recipe: 'FROM a AS outside\nARG A=1\n' });
  const inside = await inspectFolder(folder.path, { chosen: { file: folder.file('build/recipe'), grant: 'g' } });
  expect(inside).toMatchObject({
    chosen: 'build/recipe',
    dockerfiles: [{ path: 'Dockerfile' }, { path: 'build/recipe', stages: ['inside'] }],
  });
  expect(inside.dockerfiles[1]).not.toHaveProperty('grant');
  const path = elsewhere.file('recipe');
  const last: BuildInputs = { dockerfile: 'recipe', dockerfileFrom: 'g', references: ['app:1'], target: 'outside' };
  const outside = await inspectFolder(folder.path, { last, chosen: { file: path, grant: 'g' } });
  expect(outside).toMatchObject({ chosen: path, lastInputs: last });
  expect(outside.dockerfiles[1]).toEqual({
    path,
    grant: 'g',
    stages: ['outside'],
    args: [{ name: 'A', default: '1' }],
    secrets: [],
    ssh: [],
  });
});
