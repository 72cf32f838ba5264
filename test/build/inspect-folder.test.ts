import { expect, test } from 'vitest';
import type { BuildInputs } from '../../contract/build.ts';
import { inspectFolder, readDockerfileText } from '../../main/build/inspect-folder.ts';
import { WorkFolder } from '../support/work-folder.ts';

test('finds the Dockerfiles with their stages and arguments, the plain one first', async () => {
  using folder = new WorkFolder({
    'Dockerfile.dev': 'FROM a\n',
    Dockerfile: 'ARG VERSION=1\nFROM a:$VERSION AS build\nARG WHO="a b"\nARG EMPTY\nARG TARGETARCH\nFROM b AS final\nARG WHO=other\n',
    'Dockerfile.dockerignore': 'x',
    Containerfile: 'FROM c\n',
    '.dockerignore': 'y',
    'README.md': 'FROM nothing',
  });
  const { dockerfiles, hasIgnoreFile } = await inspectFolder(folder.path);
  expect(hasIgnoreFile).toBe(true);
  expect(dockerfiles.map(({ path }) => path)).toEqual(['Dockerfile', 'Containerfile', 'Dockerfile.dev']);
  expect(dockerfiles[0]).toEqual({
    path: 'Dockerfile',
    stages: ['build', 'final'],
    args: [{ name: 'VERSION', default: '1' }, { name: 'WHO', default: 'a b' }, { name: 'EMPTY' }],
    secrets: [],
  });
});

test('finds those in the folders below, and none where tools keep what is not one’s own', async () => {
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

test('names the secrets that steps ask for, each once', async () => {
  using folder = new WorkFolder({
    Dockerfile: [
      'FROM a',
      'RUN --mount=type=secret,id=npm-token,required=true npm ci',
      'RUN --mount=type=cache,target=/root/.npm --mount=type=secret,id=npm-token --mount=type=secret,target=/run/secrets/key.pem \\',
      '  true',
      'RUN --mount=type=ssh,id=default git clone x',
    ].join('\n'),
  });
  expect((await inspectFolder(folder.path)).dockerfiles[0]?.secrets).toEqual(['npm-token', 'key.pem']);
});

test('gives back the last inputs as far as they still hold', async () => {
  using folder = new WorkFolder({ Dockerfile: 'FROM a AS one\nARG A\n', 'Other.Dockerfile': 'FROM a\n' });
  const last: BuildInputs = { dockerfile: 'Dockerfile', references: ['app:1'], target: 'one', args: { A: '1', GONE: '2' }, noCache: true };
  const held = await inspectFolder(folder.path, last);
  expect(held.lastInputs).toEqual({ ...last, args: { A: '1' } });
  const others = await inspectFolder(folder.path, { ...last, dockerfile: 'Other.Dockerfile', target: 'two' });
  expect(others.lastInputs).toEqual({ dockerfile: 'Other.Dockerfile', references: ['app:1'], noCache: true });
  expect(await inspectFolder(folder.path, { ...last, dockerfile: 'gone/Dockerfile' })).not.toHaveProperty('lastInputs');
});

test('a folder without one is refused in words', async () => {
  using folder = new WorkFolder({ 'main.c': '' });
  await expect(inspectFolder(folder.path)).rejects.toMatchObject({
    failure: { kind: 'dockerfile', title: expect.stringContaining('no Dockerfile') },
  });
});

test('something huge is no Dockerfile', async () => {
  using folder = new WorkFolder({ Dockerfile: Buffer.alloc(2_000_000) });
  await expect(readDockerfileText(folder.path, 'Dockerfile')).rejects.toMatchObject({ failure: { kind: 'dockerfile' } });
});
