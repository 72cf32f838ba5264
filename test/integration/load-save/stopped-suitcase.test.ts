import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { afterAll, expect, test } from 'vitest';
import type { Task, TaskRequest } from '../../../contract/task.ts';
import { receiptOf } from '../../../main/features/images/receipt-of-engine.ts';
import { writeReceipt } from '../../../main/foundation/receipts/receipt.ts';
import { startEngine } from '../../../tools/engine/start-engine.ts';
import { tarball } from '../../../tools/fuzz/make-tarball.ts';
import { dockerEntries, layer } from '../../../tools/fuzz/sample-archives.ts';
import { host, kind, traits } from '../../support/engines/own-engine.ts';
import { startApp, type TestApp } from '../../support/make-app.ts';
import { WorkFolder } from '../../support/work-folder.ts';

// the other computer: an engine of its own that only files reach
const other = await startEngine({ kind });
const folder = new WorkFolder();
const here = await startApp(host, { folder: folder.file('app-here') });
const there = await startApp(`unix://${other.socket}`, { folder: folder.file('app-there') });
afterAll(async () => {
  await here[Symbol.asyncDispose]();
  await there[Symbol.asyncDispose]();
  await other.stop();
  folder[Symbol.dispose]();
});

const listed = (app: TestApp) => app.images.list?.images.flatMap(({ references }) => references) ?? [];
const nameOf = (name: string) => (traits.writesNamesInFull ? `docker.io/library/${name}` : name);

/** Loads an image without waiting for the list. */
async function load(app: TestApp, layers: Buffer[], name: string): Promise<void> {
  const path = folder.write(`${name.replace(':', '-')}.tar`, tarball(...dockerEntries([{ layers, tags: [nameOf(name)] }])));
  expect(await app.run({ kind: 'load', archive: app.readable(path) })).toMatchObject({ state: 'succeeded' });
  await app.until(() => listed(app).includes(nameOf(name)));
}

/** Runs a request to its end, stopped as soon as it says that it is in a phase. Gives how it ended and the phases that it has said. */
async function runUntil(app: TestApp, request: TaskRequest, phase?: string): Promise<{ state: Task['state']; phases: Set<string> }> {
  const phases = new Set<string>();
  let id = '';
  const look = (task: Task) => {
    if (task.id !== id || task.state !== 'running') return;
    phases.add(task.progress.phase);
    if (task.progress.phase === phase) app.tasks.cancel(id);
  };
  app.tasks.on('task', look);
  id = app.tasks.start(request);
  const { state } = await app.ended(id);
  app.tasks.off('task', look);
  return { state, phases };
}

/** What lies where Layerdeck keeps what is there only meanwhile, and beside the file. */
const left = (app: string): string[] => [
  ...(existsSync(folder.file(`${app}/on-the-way`)) ? readdirSync(folder.file(`${app}/on-the-way`)) : []),
  ...readdirSync(folder.path).filter((name) => name.includes('suitcase')),
];

test('saving or loading what another computer lacks is stopped in any of its phases, and leaves nothing', async () => {
  const base = layer('it-stopped base');
  await load(there, [base], 'it-stopped-base:1');
  await load(here, [base, layer(randomBytes(60_000_000).toString('hex'))], 'it-stopped:1');
  const receipt = folder.write('there.receipt.json', writeReceipt(await receiptOf(there.shelves.main, Date.now())));
  const target = folder.file('suitcase.tar');
  const save = () => ({
    kind: 'save' as const,
    references: [nameOf('it-stopped:1')],
    target: here.writable(target),
    receipt: here.readable(receipt),
  });
  for (const phase of ['reading', 'packing']) {
    expect(await runUntil(here, save(), phase)).toMatchObject({ state: 'cancelled' });
    expect(left('app-here'), phase).toEqual([]);
  }
  expect((await runUntil(here, save())).state).toBe('succeeded');
  expect(left('app-here')).toEqual(['suitcase.tar']);

  const before = listed(there);
  const open = () => ({ kind: 'load' as const, archive: there.readable(target), isPartial: true });
  expect(await runUntil(there, open(), 'sending')).toMatchObject({ state: 'cancelled' });
  expect(left('app-there')).toEqual(['suitcase.tar']);
  expect(listed(there)).toEqual(before);
  const { state, phases } = await runUntil(there, open());
  expect({ state, phases: [...phases] }).toMatchObject({ state: 'succeeded', phases: expect.arrayContaining(['sending']) });
  await there.until(() => listed(there).includes(nameOf('it-stopped:1')));
});
