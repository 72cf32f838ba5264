import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { IgnorePatterns, readIgnoreFile } from '../../../../main/foundation/context/ignore-patterns.ts';
import { findWarnings } from '../../../../main/foundation/context/inspect/find-warnings.ts';
import { measureContext } from '../../../../main/foundation/context/inspect/measure-context.ts';
import { copiedSources } from '../../../../main/foundation/dockerfile/copied-sources.ts';
import { WorkFolder } from '../../../support/work-folder.ts';

function warned(files: Record<string, string | Buffer>, { dockerfile = 'FROM a\nCOPY . .\n', ignore = '' } = {}) {
  using folder = new WorkFolder(files);
  const { root } = measureContext(folder.path, new IgnorePatterns(readIgnoreFile(ignore)), 'buildkit');
  const readStart = (path: string) => readFileSync(folder.file(path), 'latin1').slice(0, 4096);
  return findWarnings(root, { copied: copiedSources(dockerfile), readStart }).map(({ kind, path, pattern }) => [kind, path, pattern]);
}

const key = '-----BEGIN PRIVATE KEY-----\n';

test('what hardly ever belongs there, the most serious first', () => {
  expect(
    warned({
      'node_modules/a/index.js': 'x',
      '.git/HEAD': 'x',
      '.env': 'A=1',
      'certs/server.key': key,
      'package.json': '{}',
      'dist/main.js': 'x',
      '.npmrc': '//registry.example/:_authToken=abc',
    }),
  ).toEqual([
    ['key', '.npmrc', '.npmrc'],
    ['key', 'certs/server.key', 'certs/server.key'],
    ['environment', '.env', '.env'],
    ['git', '.git', '.git'],
    ['dependencies', 'node_modules', 'node_modules'],
    ['build-output', 'dist', 'dist'],
  ]);
});

test('what is already left out brings no warning', () =>
  expect(warned({ 'node_modules/a': 'x', '.git/HEAD': 'x', '.env': '' }, { ignore: 'node_modules\n.git\n.env*\n' })).toEqual([]));

test('many files of one name bring one warning with a line for all of them', () =>
  expect(warned({ 'web/node_modules/a/b': 'x', 'deep/er/node_modules/b': 'x', 'web/node_modules/a/node_modules/c': 'x' })).toEqual([
    ['dependencies', 'web/node_modules', '**/node_modules'],
  ]));

test('what the Dockerfile names itself is wanted', () => {
  const files = { 'dist/index.html': 'x', 'package.json': '{}', '.git/HEAD': 'x', '.env': 'A=1', 'deploy.key': key };
  const dockerfile = 'FROM a\nCOPY dist/ /www\nCOPY ./.git/HEAD /rev\nCOPY ["/.env", "/app/"]\nCOPY deploy.key /\n';
  expect(warned(files, { dockerfile })).toEqual([['key', 'deploy.key', 'deploy.key']]);
  expect(warned(files, { dockerfile: 'FROM a\nRUN --mount=type=bind,source=dist,target=/d true\nCOPY --from=b .git /\n' })).toHaveLength(3);
});

test('no alarm about what only looks like it', () =>
  expect(
    warned({
      '.env.example': 'A=',
      '.gitignore': 'x',
      'certs/ca.pem': '-----BEGIN CERTIFICATE-----',
      'id_rsa.pub': 'ssh-rsa AAAA',
      '.npmrc': `registry=https://registry.example/\n//registry.example/:_authToken=$\{NPM_TOKEN}\n`,
      'build/README.md': 'a folder of scripts',
      'target/x': 'no Cargo.toml beside it',
      'src/environment.ts': '',
      'vendor/lib.go': 'x',
      'keys.key': 'a translation file',
    }),
  ).toEqual([]));

test('a virtual environment of any name, and names that a pattern could misread', () => {
  expect(warned({ 'my [env]/pyvenv.cfg': 'x', 'my [env]/lib/a.py': 'x' })).toEqual([['dependencies', 'my [env]', 'my \\[env\\]']]);
});

test('a folder may have the name of a method', () => {
  const names = ['constructor', 'toString', 'valueOf', '__proto__', 'hasOwnProperty'];
  const files = names.map((name) => [`src/${name}/a.js`, 'x']);
  expect(warned({ Dockerfile: '', 'package.json': '{}', ...Object.fromEntries(files) })).toEqual([]);
});
