import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync } from 'node:fs';
import { basename } from 'node:path';
import { expect, test } from 'vitest';
import { suggestNames, suggestReference } from '../../../main/features/projects/suggest-names.ts';
import { findDistinctNames } from '../../../renderer/features/builds/form/find-distinct-names.ts';
import { WorkFolder } from '../../support/work-folder.ts';

const named = async (folder: WorkFolder) => (await suggestNames(folder.path)).map(({ reference, from }) => [reference, from]);

// the reader itself does without git; the test makes real repositories with it
function git(folder: WorkFolder, ...args: string[]): void {
  const who = ['-c', 'user.name=a', '-c', 'user.email=a@b', '-c', 'commit.gpgsign=false', '-c', 'tag.gpgsign=false'];
  execFileSync('git', [...who, ...args], { cwd: folder.path, stdio: 'ignore' });
}

function repository(files: Record<string, string> = {}): WorkFolder {
  const folder = new WorkFolder(files);
  git(folder, 'init');
  git(folder, 'commit', '--allow-empty', '-m', 'first');
  return folder;
}

test('the folder alone', async () => {
  using folder = new WorkFolder();
  expect(await suggestNames(folder.path)).toEqual([
    { reference: `${basename(folder.path).toLowerCase()}:latest`, from: 'folder', written: 'latest', alsoAs: [] },
  ]);
});

test('a package.json with the mark that some editors put in front', async () => {
  using folder = new WorkFolder({ 'package.json': '\uFEFF{"name":"marked","version":"1.4.1"}' });
  expect((await suggestNames(folder.path))[0]).toMatchObject({ reference: 'marked:1.4.1', from: 'package.json' });
});

test('VERSION before package.json, with the tags that are usual beside a version', async () => {
  using folder = new WorkFolder({ VERSION: 'v1.4.2\n', 'package.json': '{"name":"@acme/app","version":"1.4.1"}' });
  const [first, second] = await suggestNames(folder.path);
  expect(first).toEqual({
    reference: 'acme/app:1.4.2',
    from: 'VERSION',
    written: 'v1.4.2',
    alsoAs: ['acme/app:1.4', 'acme/app:1', 'acme/app:latest'],
  });
  expect(second).toMatchObject({ reference: 'acme/app:1.4.1', from: 'package.json' });
});

test('two places that say the same are both named but are one choice, and so is the name that a tick gives', async () => {
  using folder = new WorkFolder({ 'bump/VERSION': '1.1.0\n', 'bump/package.json': '{"version":"1.1.0"}' });
  const suggestions = await suggestNames(folder.file('bump'));
  expect(suggestions.map(({ reference, from }) => [reference, from])).toEqual([
    ['bump:1.1.0', 'VERSION'],
    ['bump:1.1.0', 'package.json'],
    ['bump:latest', 'folder'],
  ]);
  expect(findDistinctNames(suggestions).map(({ reference }) => reference)).toEqual(['bump:1.1.0']);
  expect(suggestions[0]?.alsoAs).toContain('bump:latest');
});

test.each([
  ['v1.0.0', '1.1.0', ['VERSION', 'git tag', 'package.json']],
  ['v1.0.0', '1.0.1-rc.1', ['VERSION', 'git tag', 'package.json']],
  ['v1.0.0', '1.0.0-rc.1', ['git tag', 'VERSION', 'package.json']],
  ['v1.0.0', '1.0.0', ['git tag', 'VERSION', 'package.json']],
  ['v1.10.0', '1.9.0', ['git tag', 'VERSION', 'package.json']],
  ['summer', '1.9.0', ['git tag', 'VERSION', 'package.json']],
])('of the git tag %s and VERSION %s the one that says more is first', async (tag, version, order) => {
  using folder = repository({ VERSION: version, 'package.json': '{"version":"0.1.0"}' });
  git(folder, 'tag', tag);
  expect((await suggestNames(folder.path)).map(({ from }) => from).slice(0, 3)).toEqual(order);
});

test('a pre-release takes no name from the version in use', async () => {
  using folder = new WorkFolder({ 'package.json': '{"name":"app","version":"2.0.0-rc.1+build.5"}' });
  expect((await suggestNames(folder.path))[0]).toEqual({
    reference: 'app:2.0.0-rc.1',
    from: 'package.json',
    written: '2.0.0-rc.1+build.5',
    alsoAs: [],
  });
});

test.each(['{', '[]', 'null', '{"name":5,"version":{}}', '{"version":"0.0.0"}'])('a package.json that says nothing: %s', async (text) => {
  using folder = new WorkFolder({ 'package.json': text });
  expect((await named(folder)).map(([, from]) => from)).toEqual(['folder']);
});

test('the git tag of what is checked out, plain and annotated, and the owner of the origin', async () => {
  using folder = repository();
  git(folder, 'remote', 'add', 'origin', 'git@example.com:Acme/hello-web.git');
  git(folder, 'tag', 'v1.9.0');
  git(folder, 'tag', '-a', 'v1.10.0', '-m', 'x');
  git(folder, 'tag', '-a', 'v1.11.0', 'v1.10.0', '-m', 'a tag of a tag');
  git(folder, 'tag', 'summer/party');
  expect((await named(folder))[0]).toEqual(['acme/hello-web:1.11.0', 'git tag']);
  git(folder, 'pack-refs', '--all');
  expect((await named(folder))[0]).toEqual(['acme/hello-web:1.11.0', 'git tag']);
  git(folder, 'commit', '--allow-empty', '-m', 'second');
  expect((await named(folder)).map(([, from]) => from)).toEqual(['folder', 'git commit']);
});

test('a detached head and a worktree', async () => {
  using folder = repository();
  using other = new WorkFolder();
  git(folder, 'tag', 'app-3.1.0');
  git(folder, 'worktree', 'add', '--detach', other.file('tree'));
  expect((await suggestNames(other.file('tree')))[0]).toMatchObject({ reference: 'tree:3.1.0', from: 'git tag' });
});

test('a .git that isn’t one', async () => {
  using folder = new WorkFolder({ '.git/HEAD': 'ref: refs/heads/../../../../etc/passwd\n' });
  mkdirSync(folder.file('.git/refs'));
  expect((await named(folder)).map(([, from]) => from)).toEqual(['folder']);
});

test.each([
  ['hello-web', 'hello-web'],
  ['My App (2)', 'my-app-2'],
  ['Grüße', 'grusse'],
  ['Ångström', 'angstrom'],
  ['Übung 1', 'ubung-1'],
  ['漢字', 'my-image'],
  ['__x__', 'x'],
  ['a..b', 'a-b'],
])('the folder %s suggests %s', (name, reference) => expect(suggestReference(name)).toBe(reference));

test.each([
  [['v1.0.0-rc.1', 'v1.0.0'], '1.0.0'],
  [['v2.0.0-beta', 'v2.0.0', 'v2.0.0-beta.2'], '2.0.0'],
  [['v1.0.0-alpha.10', 'v1.0.0-alpha.9', 'v1.0.0-alpha'], '1.0.0-alpha.10'],
  [['v1.9.0', 'v1.10.0'], '1.10.0'],
  [['node-20.10', 'v1.4.0'], '1.4.0'],
  [['node-20.10', 'app-1.4.0'], '20.10'],
  [['1.4', '1.4.1'], '1.4.1'],
])('of the tags %j the version is %s', async (tags, version) => {
  using folder = repository();
  for (const tag of tags) git(folder, 'tag', tag);
  const [first] = await named(folder);
  expect(first?.[0]?.split(':')[1]).toBe(version);
});

test('the commit is suggested as a name, too', async () => {
  using folder = repository({ VERSION: '1.0.0' });
  const commit = execFileSync('git', ['rev-parse', '--short=7', 'HEAD'], { cwd: folder.path, encoding: 'utf8' }).trim();
  const found = (await suggestNames(folder.path)).find(({ from }) => from === 'git commit');
  expect(found).toEqual({ reference: `${basename(folder.path).toLowerCase()}:${commit}`, from: 'git commit', written: commit, alsoAs: [] });
});

test.skipIf(process.platform === 'win32')('pipes and devices in place of files are not waited for', async () => {
  using folder = new WorkFolder({ '.git/config': '', '.git/refs/tags/x': '' });
  execFileSync('mkfifo', [folder.file('.git/HEAD'), folder.file('VERSION'), folder.file('.git/packed-refs')]);
  symlinkSync('/dev/zero', folder.file('package.json'));
  expect((await suggestNames(folder.path)).map(({ from }) => from)).toEqual(['folder']);
});
