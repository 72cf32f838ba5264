import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

const root = join(import.meta.dirname, '..');

/** One deliberate violation for each rule: the rule, the file, what it imports. */
const violations: [rule: string, file: string, imported: string][] = [
  ['contract-stands-alone', 'contract/a.ts', 'main/engine/e.ts'],
  ['electron-only-in-shell', 'main/images/electron-user.ts', 'electron'],
  ['shell-knows-no-features', 'main/shell/greedy.ts', 'main/images/i.ts'],
  ['feature-rooms-are-neighbours', 'main/images/to-build.ts', 'main/build/b.ts'],
  ['feature-rooms-look-down', 'main/images/to-tasks.ts', 'main/tasks/t.ts'],
  ['tasks-look-down', 'main/tasks/to-handlers.ts', 'main/handlers/h.ts'],
  ['engine-is-the-ground', 'main/engine/to-images.ts', 'main/images/i.ts'],
  ['handlers-have-no-shell', 'main/handlers/to-shell.ts', 'main/shell/s.ts'],
  ['main-has-no-window', 'main/images/to-page.ts', 'renderer/ui/u.ts'],
  ['preload-is-thin', 'preload/fat.ts', 'node:fs'],
  ['window-has-no-main', 'renderer/images/to-main.ts', 'main/engine/e.ts'],
  ['window-has-no-node', 'renderer/images/to-node.ts', 'node:fs'],
  ['window-takes-types-of-contract', 'renderer/images/to-zod.ts', 'contract/task.ts'],
  ['window-has-no-zod', 'renderer/images/zod-user.ts', 'zod'],
  ['page-rooms-are-neighbours', 'renderer/images/to-layers.ts', 'renderer/layers/l.ts'],
  ['connection-is-the-ground', 'renderer/connection/to-component.ts', 'renderer/images/Component.tsx'],
  ['ui-knows-no-docker', 'renderer/ui/to-contract.ts', 'contract/reference.ts'],
];

/** What the house allows. */
const allowed: [file: string, statement: string][] = [
  ['main/index.ts', "import { x } from './images/i.ts'; export const y = x;"],
  ['main/handlers/h2.ts', "import { x } from '../images/i.ts'; export const y = x;"],
  ['main/shell/electron-user.ts', "import { app } from 'electron'; export const y = app;"],
  ['renderer/images/types.ts', "import type { x } from '../../contract/task.ts'; export type Y = typeof x;"],
  ['renderer/images/pure.ts', "import { x } from '../../contract/reference.ts'; export const y = x;"],
  ['renderer/layers/same-room.ts', "import { x } from './l.ts'; export const y = x;"],
];

let folder = '';
let found: { rule: { name: string }; from: string }[] = [];

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'layerdeck-house-'));
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  for (const [, , imported] of violations)
    if (imported.includes('/') && !imported.startsWith('node:')) write(imported, 'export const x = 1;');
  for (const room of ['main/shell/s.ts', 'main/handlers/h.ts', 'main/tasks/t.ts']) write(room, 'export const x = 1;');
  for (const [, file, imported] of violations) write(file, `import * as x from '${address(file, imported)}'; export const y = x;`);
  for (const [file, statement] of allowed) write(file, statement);
  write('main/engine/one.ts', "import { two } from './two.ts'; export const one = () => two;");
  write('main/engine/two.ts', "import { one } from './one.ts'; export const two = () => one;");
  found = inspect();
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function write(file: string, text: string): void {
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  writeFileSync(join(folder, file), text);
}

function address(file: string, imported: string): string {
  return imported.startsWith('node:') || !imported.includes('/') ? imported : `${'../'.repeat(file.split('/').length - 1)}${imported}`;
}

function inspect(): typeof found {
  const program = join(root, 'node_modules/.bin/depcruise');
  const config = join(root, '.dependency-cruiser.mjs');
  const args = [program, '--config', config, '--output-type', 'json', 'contract', 'main', 'preload', 'renderer'];
  const output = execFileSync(process.execPath, args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  return (JSON.parse(output) as { summary: { violations: typeof found } }).summary.violations;
}

test.each(violations)('%s', (rule, file) => {
  expect(found.filter((violation) => violation.from === file).map((violation) => violation.rule.name)).toContain(rule);
});

test('no-circle', () => {
  expect(found.filter((violation) => violation.rule.name === 'no-circle').map((violation) => violation.from)).toContain(
    'main/engine/one.ts',
  );
});

test.each(allowed)('%s is allowed', (file) => {
  expect(found.filter((violation) => violation.from === file)).toEqual([]);
});
