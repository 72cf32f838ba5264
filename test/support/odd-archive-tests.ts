import { randomUUID } from 'node:crypto';
import { zstdCompressSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { tarball } from '../../tools/fuzz/make-tarball.ts';
import { dockerEntries, layer } from '../../tools/fuzz/sample-archives.ts';
import { forgetLayersOf, loadAsShown } from './load-as-shown.ts';
import type { TestApp } from './make-app.ts';
import { oddArchives } from './odd-archives.ts';
import type { TarballCases } from './tarball-cases.ts';
import { WorkFolder } from './work-folder.ts';

const taken = Object.entries(oddArchives).filter(([, { names }]) => names);
const refused = Object.entries(oddArchives).filter(([, { title }]) => title);

/** Odd image files: each is loaded as it is shown, or is refused in the words of its preview. */
export function testOddArchives(given: { app(): TestApp; cases: TarballCases }): void {
  const load = (name: string) => {
    const app = given.app();
    return app.run({ kind: 'load', archive: app.readable(given.cases.file(name)) });
  };

  test.each(taken)('%s loads as it is shown', async (name) => {
    await loadAsShown(given.app(), given.cases.file(name));
  });

  test.each(refused)('%s is refused with an explanation', async (name, { title }) => {
    expect(await load(name)).toMatchObject({ state: 'failed', failure: { kind: 'bad-archive', title } });
  });

  const withZstd: Record<string, (folder: WorkFolder) => string> = {
    'made here': (folder) => {
      const packed = layer(randomUUID());
      const entries = dockerEntries([{ layers: [packed], tags: ['it-zstd:1'] }]).map((entry) =>
        /layer\.tar$/.test(entry.name) ? { ...entry, body: zstdCompressSync(packed) } : entry,
      );
      return folder.write('x.tar', tarball(...entries));
    },
    'of docker’s list': () => given.cases.file('docker-layer-zstd'),
    'of an OCI layout': () => given.cases.file('oci-zstd-layers'),
  };

  test.each(Object.entries(withZstd))('layers of zstd, %s, are read, or the engine is named as too old for them', async (_, make) => {
    using folder = new WorkFolder();
    const file = make(folder);
    const { product, version } = given.app().connection.engine;
    if (product === 'Docker' && Number.parseInt(version, 10) < 23) {
      await forgetLayersOf(given.app(), file);
      const task = await given.app().run({ kind: 'load', archive: given.app().readable(file) });
      expect(task).toMatchObject({ state: 'failed', failure: { kind: 'bad-archive', title: 'This engine is too old for the file' } });
    } else await loadAsShown(given.app(), file);
  });

  test('a name that is kept back stays with the image that has it, by the engine’s own name', async () => {
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
