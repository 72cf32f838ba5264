import { closeSync, openSync, readFileSync, statSync, truncateSync, writeSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { host } from '../../support/engines/own-engine.ts';
import { startApp } from '../../support/make-app.ts';
import { makeRandomImage } from '../../support/random-image.ts';
import { WorkFolder } from '../../support/work-folder.ts';

describe('damaged archives', () => {
  const damages: Record<string, (path: string) => void> = {
    truncated: (path) => truncateSync(path, Math.floor(statSync(path).size * 0.6)),
    garbage: (path) => {
      const file = openSync(path, 'r+');
      writeSync(file, Buffer.alloc(600_000, 0xa5), 0, 600_000, 0);
      closeSync(file);
    },
    'bit-flipped': (path) => {
      const place = Math.floor(statSync(path).size / 2);
      const file = openSync(path, 'r+');
      writeSync(file, Buffer.from([readFileSync(path)[place] ?? 0 ^ 1, 0x5a, 0xa5]), 0, 3, place);
      closeSync(file);
    },
  };
  test.each(Object.keys(damages))('%s', async (damage) => {
    await using app = await startApp(host);
    const idOf = async (name: string) => (await app.connection.engine.docker.getImage(name).inspect()).Id;
    using folder = new WorkFolder();
    const reference = `it-${damage}:1`;
    await makeRandomImage(host, reference, 2_000_000);
    await app.run({ kind: 'save', references: [reference], target: app.writable(folder.file('x.tar')) });
    await app.run({ kind: 'remove', images: [await idOf(reference)] });
    damages[damage]?.(folder.file('x.tar'));
    const task = await app.run({ kind: 'load', archive: app.readable(folder.file('x.tar')) });
    expect(task).toMatchObject({ state: 'failed', failure: { kind: 'bad-archive' } });
    await expect(idOf(reference)).rejects.toThrow();
  });
});
