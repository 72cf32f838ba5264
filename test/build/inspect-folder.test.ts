import { expect, test } from 'vitest';
import { inspectFolder, readDockerfileText, suggestReference } from '../../main/build/inspect-folder.ts';
import { WorkFolder } from '../support/work-folder.ts';

test('finds the Dockerfiles with their stages and arguments, the plain one first', async () => {
  using folder = new WorkFolder({
    'Dockerfile.dev': 'FROM a\n',
    Dockerfile: 'ARG VERSION=1\nFROM a:$VERSION AS build\nARG WHO="a b"\nARG EMPTY\nFROM b AS final\nARG WHO=other\n',
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
  });
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

test.each([
  ['hello-web', 'hello-web'],
  ['My App (2)', 'my-app-2'],
  ['Grüße', 'gru-e'],
  ['漢字', 'my-image'],
  ['__x__', 'x'],
  ['a..b', 'a-b'],
])('the folder %s suggests %s', (name, reference) => expect(suggestReference(name)).toBe(reference));
