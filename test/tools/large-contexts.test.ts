import { closeSync, openSync, writeSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Engine } from '../../tools/engine/engine.ts';
import { startEngine } from '../../tools/engine/start-engine.ts';
import { buildDirectly } from '../support/build-directly.ts';
import { WorkFolder } from '../support/work-folder.ts';

// On this computer's own engine; separate from the integration tests, as it takes minutes and gigabytes.
let engine: Engine;
beforeAll(async () => {
  engine = await startEngine();
});
afterAll(() => engine.stop());

/** The most bytes by which this process grew meanwhile. */
async function growthDuring(act: () => Promise<unknown>): Promise<number> {
  const before = process.memoryUsage.rss();
  let most = before;
  const look = setInterval(() => {
    most = Math.max(most, process.memoryUsage.rss());
  }, 20);
  try {
    await act();
  } finally {
    clearInterval(look);
  }
  return most - before;
}

function writeLarge(path: string, megabytes: number): void {
  const file = openSync(path, 'w');
  const piece = Buffer.alloc(1 << 20, 'layerdeck ');
  for (let written = 0; written < megabytes; written++) writeSync(file, piece);
  closeSync(file);
}

describe.each(['buildkit', 'classic'] as const)('%s', (builder) => {
  test('a context of 2 GB is sent whole, in memory that stays flat', { timeout: 900_000 }, async () => {
    using folder = new WorkFolder({ Dockerfile: 'FROM scratch\nCOPY . /\n', small: String(Math.random()) });
    for (const name of ['a', 'b']) writeLarge(folder.file(name), 1024);
    let steps: unknown[] = [];
    const growth = await growthDuring(async () => {
      ({ steps } = await buildDirectly(engine.host, builder, { folder: folder.path }));
    });
    expect(steps.length).toBeGreaterThan(0);
    const size = Number(await engine.docker(['inspect', '--format', '{{.Size}}', 'directly:1']));
    expect(size).toBeGreaterThan(2 ** 31);
    console.log(`${builder}, 2 GB: grew by ${Math.round(growth / 1e6)} MB`);
    expect(growth).toBeLessThan(100e6);
    await engine.docker(['rmi', '--force', 'directly:1']);
    await engine.docker(['builder', 'prune', '--all', '--force']);
  });

  test('a context of 100,000 files is sent whole, in memory that stays flat', { timeout: 900_000 }, async () => {
    using folder = new WorkFolder({ Dockerfile: 'FROM scratch\nCOPY . /\n' });
    for (let number = 0; number < 100_000; number++) folder.write(`${Math.floor(number / 1000)}/${number}`, `file ${number}`);
    let sent: string[] = [];
    const growth = await growthDuring(async () => {
      ({ sent } = await buildDirectly(engine.host, builder, { folder: folder.path }));
    });
    expect(new Set(sent).size).toBe(100_000 + 100 + 1);
    console.log(`${builder}, 100,000 files: grew by ${Math.round(growth / 1e6)} MB`);
    expect(growth).toBeLessThan(150e6); // this includes the names that the test itself keeps
  });
});
