import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { foreignImport } from '../../tools/build/licences/bundled-files.ts';
import { authorName, homepageOf, licenceName } from '../../tools/build/licences/licence-name.ts';
import { isLicenceFile } from '../../tools/build/licences/licence-texts.ts';
import { licensedPackage } from '../../tools/build/licences/licensed-package.ts';
import { packageFolder } from '../../tools/build/licences/package-folder.ts';

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
  expect(homepageOf({ homepage: 'javascript:alert(1)', repository: { url: 'git+https://a.example/b.git' } })).toBe('https://a.example/b');
});

test.each(['LICENSE', 'license.md', 'LICENCE-MIT.txt', 'COPYING', 'NOTICE', 'ThirdPartyNotices.txt', 'UNLICENSE'])(
  '%s goes along',
  (name) => expect(isLicenceFile(name)).toBe(true),
);
test.each(['licenses.js', 'README.md', 'license-checker.json', 'index.d.ts'])('%s does not', (name) =>
  expect(isLicenceFile(name)).toBe(false),
);

test('a package that names no licence ends the build, and its name is said', async () => {
  const path = await makePackage('bare', { name: 'bare', version: '1.2.3' });
  await expect(licensedPackage(path)).rejects.toThrow('bare 1.2.3 names no licence');
});

test('all texts go along, the licence first; one without a text is named all the same', async () => {
  const full = await makePackage(
    'full',
    { name: 'full', version: '1.0.0', license: 'Apache-2.0' },
    { NOTICE: 'Note', LICENSE: '\uFEFFTerms\r\n' },
  );
  expect((await licensedPackage(full)).texts).toEqual([
    { file: 'LICENSE', text: 'Terms' },
    { file: 'NOTICE', text: 'Note' },
  ]);
  const short = await makePackage('short', { name: 'short', version: '1.0.0', license: 'MIT', author: 'Somebody' });
  expect(await licensedPackage(short)).toEqual({ name: 'short', version: '1.0.0', licence: 'MIT', author: 'Somebody', texts: [] });
});

test('a style that imports one of another package is seen', () => {
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
