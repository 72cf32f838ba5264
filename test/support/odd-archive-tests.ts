import { randomUUID } from 'node:crypto';
import { zstdCompressSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { tarball } from '../../tools/fuzz/make-tarball.ts';
import { dockerEntries, layer } from '../../tools/fuzz/sample-archives.ts';
import { loadAsShown } from './load-as-shown.ts';
import type { TestApp } from './make-app.ts';
import { oddArchives } from './odd-archives.ts';
import type { TarballCases } from './tarball-cases.ts';
import { WorkFolder } from './work-folder.ts';

const taken = Object.entries(oddArchives).filter(([, { names }]) => names);
const refused = Object.entries(oddArchives).filter(([, { title }]) => title);

/** Odd image files: each comes into an engine as it is shown, or is refused in the words of its preview. */
export function testOddArchives(given: { app(): TestApp; cases: TarballCases }): void {
  const load = (name: string) => {
    const app = given.app();
    return app.run({ kind: 'load', archive: app.readable(given.cases.file(name)) });
  };

  test.each(taken)('%s comes as it is shown', async (name) => {
    await loadAsShown(given.app(), given.cases.file(name));
  });

  test.each(refused)('%s is refused in words', async (name, { title }) => {
    expect(await load(name)).toMatchObject({ state: 'failed', failure: { kind: 'bad-archive', title } });
  });

  test('layers of zstd are read, or the engine is named as too old for them', async () => {
    const packed = layer(randomUUID());
    const entries = dockerEntries([{ layers: [packed], tags: ['it-zstd:1'] }]).map((entry) =>
      /layer\.tar$/.test(entry.name) ? { ...entry, body: zstdCompressSync(packed) } : entry,
    );
    using folder = new WorkFolder({ 'x.tar': tarball(...entries) });
    const { product, version } = given.app().connection.engine;
    if (product === 'Docker' && Number.parseInt(version, 10) < 23) {
      const task = await given.app().run({ kind: 'load', archive: given.app().readable(folder.file('x.tar')) });
      expect(task).toMatchObject({ state: 'failed', failure: { kind: 'bad-archive', title: 'This engine is too old for the file' } });
    } else await loadAsShown(given.app(), folder.file('x.tar'));
  });

  test('a name that is kept back stays with who has it, by the engine’s own name', async () => {
    const { connection, run, readable } = given.app();
    await loadAsShown(given.app(), given.cases.file('good'));
    const { docker, product } = connection.engine;
    const name = product === 'Podman' ? 'localhost/hb-good:1' : 'hb-good:1';
    const { Id } = await docker.getImage(name).inspect();
    const archive = readable.call(given.app(), given.cases.file('podman-short-name'));
    const task = await run.call(given.app(), { kind: 'load', archive, keptBack: [name] });
    expect(task).toMatchObject({ state: 'succeeded', result: { keptBack: [name] } });
    expect((await docker.getImage(name).inspect()).Id).toBe(Id);
  });
}
