import { expect, test } from 'vitest';
import { loadAsShown } from './load-as-shown.ts';
import type { TestApp } from './make-app.ts';
import { oddArchives } from './odd-archives.ts';
import type { TarballCases } from './tarball-cases.ts';

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
