import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { foreignImport } from '../../../tools/build/licences/bundled-files.ts';
import { authorName, holderNames, homepageOf, licenceName } from '../../../tools/build/licences/licence-name.ts';
import { isLicenceFile } from '../../../tools/build/licences/licence-texts.ts';
import { licensedPackage } from '../../../tools/build/licences/licensed-package.ts';
import { packageFolder } from '../../../tools/build/licences/package-folder.ts';
import { standardTexts } from '../../../tools/build/licences/standard-texts.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'layerdeck-licences-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test.each([
  ['node_modules/react/index.js', 'node_modules/react'],
  ['/home/x/node_modules/@scope/a/dist/b.css?inline', '/home/x/node_modules/@scope/a'],
  ['node_modules/a/node_modules/b/c.js', 'node_modules/a/node_modules/b'],
  ['C:\\x\\node_modules\\a\\b.js', 'C:/x/node_modules/a'],
  ['main/index.ts', undefined],
  ['\0virtual:node_modules/a/b.js', undefined],
  ['node_modules/.vite/deps/react.js', undefined],
])('%j is of %j', (file, expected) => expect(packageFolder(file)).toBe(expected));

test.each([
  [{ license: 'MIT' }, 'MIT'],
  [{ license: { type: 'ISC' } }, 'ISC'],
  [{ licenses: [{ type: 'MIT' }, 'Apache-2.0'] }, 'MIT OR Apache-2.0'],
  [{ license: 'UNLICENSED' }, undefined],
  [{}, undefined],
])('%j is under %j', (manifest, expected) => expect(licenceName(manifest)).toBe(expected));

test('authors are named without their addresses, and pages are web addresses only', () => {
  expect(authorName({ author: 'A. B. <a@b.example> (https://b.example)' })).toBe('A. B.');
  expect(authorName({ contributors: [{ name: 'A' }, 'B'] })).toBe('A, B');
  expect(holderNames({ author: 'A <a@b.example>', contributors: [{ name: 'A' }, 'B'] })).toBe('A, B');
  expect(homepageOf({ homepage: 'javascript:alert(1)', repository: { url: 'git+https://a.example/b.git' } })).toBe('https://a.example/b');
});

test.each(['LICENSE', 'license.md', 'LICENCE-MIT.txt', 'COPYING', 'NOTICE', 'ThirdPartyNotices.txt', 'UNLICENSE'])(
  '%s is included',
  (name) => expect(isLicenceFile(name)).toBe(true),
);
test.each(['licenses.js', 'README.md', 'license-checker.json', 'index.d.ts'])('%s isn’t', (name) =>
  expect(isLicenceFile(name)).toBe(false),
);

test('a package without a licence fails the build, which names the package', async () => {
  const path = await makePackage('bare', { name: 'bare', version: '1.2.3' });
  await expect(licensedPackage(path)).rejects.toThrow('bare 1.2.3 names no licence');
});

test('all texts are included, the licence first', async () => {
  const full = await makePackage(
    'full',
    { name: 'full', version: '1.0.0', license: 'Apache-2.0' },
    { NOTICE: 'Note', LICENSE: '\uFEFFTerms\r\n' },
  );
  expect((await licensedPackage(full)).texts).toEqual([
    { file: 'LICENSE', text: 'Terms' },
    { file: 'NOTICE', text: 'Note' },
  ]);
});

test('a package without a text is given the standard one, which says so and names who made it', async () => {
  const manifest = { name: 'short', version: '1.0.0', license: '(MIT OR Apache-2.0)', author: 'A <a@b.example>', contributors: ['A', 'B'] };
  const short = await makePackage('short', manifest, {
    NOTICE: 'Note',
    'a.js': '/*!\n * (c) C\n */\ncode',
    'b.js': 'code /*! not at the head */',
  });
  const { author, texts } = await licensedPackage(short, [join(short, 'a.js'), join(short, 'b.js')]);
  expect(author).toBe('A');
  expect(texts.map(({ file }) => file)).toEqual(['MIT', 'Apache-2.0', 'NOTICE', 'a.js']);
  expect(texts[0]?.text).toMatch(/^MIT License\n\nCopyright \(c\) A, B\n\nPermission is hereby granted/);
  expect(texts[0]?.note).toContain('brings no text of its licence. This is the standard text of MIT as SPDX keeps it');
  expect(texts[1]?.text).toContain('Copyright [yyyy] [name of copyright owner]');
  expect(texts.slice(2)).toEqual([
    { file: 'NOTICE', text: 'Note' },
    { file: 'a.js', text: '(c) C' },
  ]);
});

test.each(['MIT', 'ISC', 'BSD-2-Clause', 'BSD-3-Clause', '0BSD'])('%s is filled in with the holder, and with nobody else', (id) => {
  const [{ text } = { text: '' }] = standardTexts(id, 'Some $& Body');
  expect(text.match(/^Copyright.*$/gm)).toEqual(['Copyright (c) Some $& Body']);
  expect(text).not.toMatch(/<|\bISC (?:BE|DISCLAIMS)|Systems Consortium|YEAR/);
});

test.each(['SEE LICENSE IN x', 'GPL-2.0-only WITH Classpath-exception-2.0', 'Python-2.0', 'toString'])(
  '%s without a text fails the build, which names the package',
  async (license) => {
    const path = await makePackage(`no-text-${license.length}`, { name: 'no-text', version: '3.2.1', license });
    await expect(licensedPackage(path)).rejects.toThrow('no-text 3.2.1 brings no text of its licence');
  },
);

test('a style sheet that imports one of another package is found', () => {
  expect(foreignImport('/* @import "a" */ @import "./b.css"; @import url(other/c.css);')).toBe('other/c.css');
  expect(foreignImport('@import "./b.css"; a { color: red }')).toBeUndefined();
});

async function makePackage(name: string, manifest: object, files: Record<string, string> = {}): Promise<string> {
  const path = join(folder, name);
  await mkdir(path);
  for (const [file, text] of Object.entries({ ...files, 'package.json': JSON.stringify(manifest) }))
    await writeFile(join(path, file), text);
  return path;
}
