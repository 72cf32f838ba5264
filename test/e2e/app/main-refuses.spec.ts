import { existsSync } from 'node:fs';
import { answerOpenDialog } from '../../../tools/drive/answer-dialogs.ts';
import { makeRandomImage } from '../../support/random-image.ts';
import { expect, test } from '../../support/window/app.ts';
import { ask, injectClient } from '../../support/window/speak-to-main.ts';
import { WorkFolder } from '../../support/work-folder.ts';

test.beforeEach(({ window }) => injectClient(window));

test('questions that the window may ask are answered', async ({ window }) => {
  expect(await ask(window, 'tags.inRegistries')).toEqual({ answer: [] });
});

for (const path of ['images.removeAll', 'files.read', 'constructor', 'tasks.constructor', 'tasks']) {
  test(`there is no procedure ${path}`, async ({ window }) => {
    expect(await ask(window, path, {})).toEqual({ code: 'NOT_FOUND', kind: undefined });
  });
}

const grant = '0'.repeat(32);
const build = { kind: 'build', folder: grant, dockerfile: 'Dockerfile', references: ['e2e:1'] };

for (const [what, path, input] of [
  ['an id that is none', 'images.details', { id: '../../etc/passwd' }],
  ['a kind of task that is none', 'tasks.start', { kind: 'run', command: 'id' }],
  ['a path in the place of a grant', 'tasks.start', { kind: 'save', references: ['layerdeck/base:1'], target: '/tmp/layerdeck-e2e-x.tar' }],
  ['a path in the place of a folder', 'build.inspectFolder', { folder: '/etc' }],
  ['a Dockerfile outside of its folder', 'tasks.start', { ...build, dockerfile: '../Dockerfile' }],
  ['an absolute Dockerfile', 'tasks.start', { ...build, dockerfile: '/etc/passwd' }],
  ['a name that is none', 'tasks.start', { kind: 'pull', reference: 'No Name' }],
  ['an argument that is none', 'tasks.start', { ...build, args: { 'A=B\n': 'x' } }],
  ['a platform that is none', 'tasks.start', { kind: 'pull', reference: 'a', platform: '../x' }],
  ['more names than one push takes', 'tasks.start', { kind: 'push', references: Array(1001).fill('a'), to: 'own-registry' }],
  ['a registry with a path', 'logins.signIn', { registry: 'r.example/../x', username: 'a', password: 'b' }],
  ['a registry with a login in it', 'logins.signOut', { registry: 'a:b@r.example' }],
  ['a registry to look into that is none', 'registry.repositories', { registry: 'r.example/v2/../..' }],
  ['a repository that is none', 'registry.tags', { registry: 'r.example', repository: '../_catalog' }],
  ['a tag with a path', 'registry.details', { registry: 'r.example', repository: 'a', tags: ['../../blobs/x'], depth: 'all' }],
  ['a digest that is none', 'registry.look', { registry: 'r.example', repository: 'a', digest: 'latest' }],
  [
    'a tag to remove that is none',
    'tasks.start',
    {
      kind: 'remove-registry-tags',
      registry: 'r.example',
      repository: 'a',
      items: [{ tag: '../b/manifests/1', digest: `sha256:${'0'.repeat(64)}` }],
      scope: 'tags',
      agreed: [],
    },
  ],
  ['a port that only the system’s owner may use', 'tasks.start', { kind: 'start-registry', port: 80 }],
  ['a container that is none', 'tasks.start', { kind: 'remove-registry', container: '../x', withImages: true }],
  ['a registry to cache with a path', 'tasks.start', { kind: 'start-cache', remote: 'http://r.example/v2' }],
  ['a user name that ends early', 'localRegistry.protect', { username: 'a:b' }],
  ['a registry that is no container', 'localRegistry.adopt', { container: 'all' }],
  ['a path in the place of an archive', 'archives.preview', { archive: '/etc/passwd' }],
  ['a copy from nowhere', 'transfer.forecastCopy', { from: { kind: 'archive', archive: '/x', image: 0 } }],
  [
    'an image of an archive that is none',
    'tasks.start',
    { kind: 'copy', from: { kind: 'archive', archive: grant, image: -1 }, to: { kind: 'registry', reference: 'a' } },
  ],
  ['an image to look into that is none', 'build.forks', { builds: [], images: ['latest', '../x'] }],
  ['a theme that is none', 'settings.change', { theme: 'pink' }],
  ['an engine that ssh would take for an option', 'engine.tryOut', { name: 'engine', address: 'ssh://-oProxyCommand=id' }],
  ['a password in an address', 'engine.add', { name: 'engine', address: 'ssh://me:secret@build.example' }],
  ['an answer of two lines', 'engine.answer', { question: '7f2c1c1e-7a3f-4c0e-8c5a-2b9d1f3e4a5b', answer: 'one\ntwo' }],
  ['no text for the clipboard', 'clipboard.write', { text: { length: 1 } }],
] as const) {
  test(`${what} is refused`, async ({ window }) => {
    expect(await ask(window, path, path === 'tasks.start' ? { request: input } : input)).toMatchObject({ code: 'BAD_REQUEST' });
  });
}

test('a grant that was never given opens nothing', async ({ window }) => {
  expect(await ask(window, 'build.inspectFolder', { folder: grant })).toEqual({ code: 'FAILED', kind: 'not-granted' });
  for (const request of [build, { kind: 'load', archive: grant }, { kind: 'save', references: ['layerdeck/base:1'], target: grant }]) {
    expect(await ask(window, 'tasks.start', { request })).toEqual({ code: 'FAILED', kind: 'not-granted' });
  }
  const reference = 'localhost:1/a:1';
  for (const request of [
    { kind: 'import', archive: grant, reference },
    { kind: 'copy', from: { kind: 'archive', archive: grant, image: 0 }, to: { kind: 'registry', reference } },
    { kind: 'copy', from: { kind: 'registry', reference }, to: { kind: 'archive', target: grant } },
  ]) {
    expect(await ask(window, 'tasks.start', { request })).toEqual({ code: 'FAILED', kind: 'not-granted' });
  }
  expect(await ask(window, 'transfer.forecastCopy', { from: { kind: 'archive', archive: grant, image: 0 } })).toEqual({
    code: 'FAILED',
    kind: 'not-granted',
  });
});

test('a file granted for reading is not written, and a file that the page made up grants nothing', async ({ engine, app, window }) => {
  await makeRandomImage(engine.host, 'e2e-grants:1', 1000);
  using folder = new WorkFolder({ 'x.tar': 'precious' });
  await answerOpenDialog(app, [folder.file('x.tar')]);
  const { answer } = await ask(window, 'files.chooseArchives');
  const [chosen] = answer as { grant: string; path: string }[];
  expect(chosen?.path).toBe(folder.file('x.tar'));
  const request = { kind: 'save', references: ['e2e-grants:1'], target: chosen?.grant };
  expect(await ask(window, 'tasks.start', { request })).toEqual({ code: 'FAILED', kind: 'not-granted' });
  expect(await window.evaluate(() => globalThis.window.layerdeck.grantDropped([new File(['x'], '/etc/passwd')]))).toEqual([]);
  expect(existsSync('/tmp/layerdeck-e2e-x.tar')).toBe(false);
});
