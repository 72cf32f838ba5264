import { execFileSync } from 'node:child_process';
import { dirname } from 'node:path';
import { expect, test } from 'vitest';
import { Grants } from '../../main/foundation/files/grants.ts';
import { grantOpened, grantPaths } from '../../main/procedures/grant-paths.ts';
import { WorkFolder } from '../support/work-folder.ts';

const given = async (path: string) => {
  const grants = new Grants();
  const [one] = await grantOpened(grants, [path]);
  return { grants, one };
};

test.each([
  ['Dockerfile', 'FROM a\n'],
  ['recipe.txt', '# how to\nARG A\nFROM a\n'],
  // these are known by their names only
  ['Containerfile', 'RUN x\n'],
  ['Dockerfile.dev', ''],
])('the Dockerfile %s stands for its folder, and is granted as well', async (name, text) => {
  using folder = new WorkFolder({ [`app/${name}`]: text });
  const { grants, one } = await given(folder.file(`app/${name}`));
  expect(one).toMatchObject({ kind: 'folder', name: 'app', path: folder.file('app'), size: 0 });
  expect(grants.pathOf(one?.grant ?? '', 'read')).toBe(folder.file('app'));
  expect(grants.pathOf(one?.dockerfile ?? '', 'read')).toBe(folder.file(`app/${name}`));
});

test.each(['compose.yaml', 'docker-compose.yml'])('a %s stands for its folder', async (name) => {
  using folder = new WorkFolder({ [`app/${name}`]: 'services: {}\n' });
  const { grants, one } = await given(folder.file(`app/${name}`));
  expect(one).toMatchObject({ kind: 'folder', name: 'app', path: folder.file('app'), size: 0 });
  expect(one).not.toHaveProperty('dockerfile');
  expect(grants.pathOf(one?.grant ?? '', 'read')).toBe(folder.file('app'));
});

test.each([
  ['notes.txt', 'from here on\n'],
  ['dockerfile.go', 'package main\n'],
  ['Dockerfile.md', '# Dockerfile\n'],
])('%s isn’t a Dockerfile', async (name, text) => {
  using folder = new WorkFolder({ [name]: text });
  const { one } = await given(folder.file(name));
  expect(one).toMatchObject({ kind: 'other', name, reason: expect.stringContaining('This is text') });
  expect(one).not.toHaveProperty('dockerfile');
});

test('a Dockerfile that is chosen as a file is that file', async () => {
  using folder = new WorkFolder({ Dockerfile: 'FROM a\n' });
  const grants = new Grants();
  const [one] = await grantPaths(grants, [folder.file('Dockerfile')]);
  expect(one).toMatchObject({ kind: 'other', path: folder.file('Dockerfile') });
  expect(grants.pathOf(one?.grant ?? '', 'read')).toBe(folder.file('Dockerfile'));
});

test('a pipe with such a name, and a missing file, grant nothing else', async () => {
  using folder = new WorkFolder();
  execFileSync('mkfifo', [folder.file('Dockerfile')]);
  expect((await given(folder.file('Dockerfile'))).one).toMatchObject({ kind: 'folder', path: dirname(folder.file('Dockerfile')) });
  expect((await given(folder.file('gone'))).one).toMatchObject({ kind: 'other', path: folder.file('gone') });
});
