import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

const root = join(import.meta.dirname, '..');

/** One deliberate violation for each rule: the rule, the file, what it imports. */
const violations: [rule: string, file: string, imported: string][] = [
  ['contract-stands-alone', 'contract/a.ts', 'main/foundation/engine/e.ts'],
  ['electron-only-in-desktop', 'main/features/images/electron-user.ts', 'electron'],
  ['desktop-knows-no-features', 'main/desktop/greedy.ts', 'main/features/images/i.ts'],
  ['app-has-no-desktop', 'main/app.ts', 'main/desktop/s.ts'],
  ['app-has-no-desktop', 'main/procedures/to-desktop.ts', 'main/desktop/s.ts'],
  ['operations-look-down', 'main/operations/to-procedures.ts', 'main/procedures/h.ts'],
  ['tasks-know-no-operation', 'main/tasks/to-operations.ts', 'main/operations/o.ts'],
  ['features-are-neighbours', 'main/features/images/to-builds.ts', 'main/features/builds/b.ts'],
  ['features-look-down', 'main/features/images/to-tasks.ts', 'main/tasks/t.ts'],
  ['foundation-is-below', 'main/foundation/engine/to-images.ts', 'main/features/images/i.ts'],
  ['failures-are-the-ground', 'main/foundation/failures/to-engine.ts', 'main/foundation/engine/e.ts'],
  ['files-know-no-engine', 'main/foundation/dockerfile/to-engine.ts', 'main/foundation/engine/e.ts'],
  ['main-has-no-window', 'main/features/images/to-page.ts', 'renderer/ui/u.ts'],
  ['preload-is-thin', 'preload/fat.ts', 'node:fs'],
  ['window-has-no-main', 'renderer/features/images/to-main.ts', 'main/foundation/engine/e.ts'],
  ['window-has-no-node', 'renderer/features/images/to-node.ts', 'node:fs'],
  ['window-takes-types-of-contract', 'renderer/features/images/to-zod.ts', 'contract/task.ts'],
  ['window-has-no-zod', 'renderer/features/images/zod-user.ts', 'zod'],
  ['window-features-are-neighbours', 'renderer/features/images/to-layers.ts', 'renderer/features/layers/l.ts'],
  ['window-features-look-down', 'renderer/features/images/to-app.ts', 'renderer/app/a.ts'],
  ['desk-looks-down', 'renderer/desk/to-feature.ts', 'renderer/features/layers/l.ts'],
  ['connection-is-the-wire', 'renderer/connection/to-desk.ts', 'renderer/desk/d.ts'],
  ['ui-knows-no-docker', 'renderer/ui/to-contract.ts', 'contract/reference.ts'],
];

/** What the import rules allow. */
const allowed: [file: string, statement: string][] = [
  ['main/index.ts', "import { x } from './desktop/s.ts'; export const y = x;"],
  ['main/procedures/h2.ts', "import { x } from '../features/images/i.ts'; export const y = x;"],
  ['main/operations/o2.ts', "import { x } from '../tasks/t.ts'; export const y = x;"],
  ['main/desktop/electron-user.ts', "import { app } from 'electron'; export const y = app;"],
  ['main/foundation/registries/r.ts', "import { x } from '../engine/e.ts'; export const y = x;"],
  ['renderer/features/images/types.ts', "import type { x } from '../../../contract/task.ts'; export type Y = typeof x;"],
  ['renderer/features/images/pure.ts', "import { x } from '../../../contract/reference.ts'; export const y = x;"],
  ['renderer/features/layers/same-room.ts', "import { x } from './l.ts'; export const y = x;"],
];

let folder = '';
let found: { rule: { name: string }; from: string }[] = [];

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'layerdeck-house-'));
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  for (const [, , imported] of violations)
    if (imported.includes('/') && !imported.startsWith('node:')) write(imported, 'export const x = 1;');
  for (const room of ['main/desktop/s.ts', 'main/tasks/t.ts']) write(room, 'export const x = 1;');
  for (const [, file, imported] of violations) write(file, `import * as x from '${address(file, imported)}'; export const y = x;`);
  for (const [file, statement] of allowed) write(file, statement);
  write('main/foundation/engine/one.ts', "import { two } from './two.ts'; export const one = () => two;");
  write('main/foundation/engine/two.ts', "import { one } from './one.ts'; export const two = () => one;");
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
    'main/foundation/engine/one.ts',
  );
});

test('every rule has a violation here', async () => {
  const { default: config } = (await import(`${root}/.dependency-cruiser.mjs`)) as { default: { forbidden: { name: string }[] } };
  const rules = new Set([...violations.map(([rule]) => rule), 'no-circle']);
  expect(config.forbidden.map(({ name }) => name).filter((name) => !rules.has(name))).toEqual([]);
});

test.each(allowed)('%s is allowed', (file) => {
  expect(found.filter((violation) => violation.from === file)).toEqual([]);
});
