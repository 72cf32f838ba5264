import { createReadStream, createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { expect, test } from 'vitest';
import { BuildHistory } from '../../../main/features/build-history/build-history.ts';
import { explainBuild } from '../../../main/features/build-history/explain-build.ts';
import type { KeptBuild } from '../../../main/features/build-history/kept-build.ts';
import { readBuiltLayers } from '../../../main/features/images/built-layers.ts';
import { addRecords } from '../../../main/procedures/add-records.ts';
import { buildsOf, exportBuilds, runBuildx } from '../../../tools/engine/buildx.ts';
import { FreshEngine } from '../../support/engines/fresh-engine.ts';
import { traits } from '../../support/engines/own-engine.ts';
import { WorkFolder } from '../../support/work-folder.ts';

const fresh = new FreshEngine();
const own = test.skipIf(!traits.tellsNamesOfBuilds);

const dockerfile = 'FROM layerdeck/base:1\nARG WHO=nobody\nARG TOKEN=none\nRUN echo "hello $WHO" $TOKEN\nCOPY a.txt /\n';
const folder = (text = dockerfile) => new WorkFolder({ Dockerfile: text, 'a.txt': 'a' });

/** Builds with buildx, and resolves to BuildKit's name for the build. */
async function build(path: string, ...args: string[]): Promise<string> {
  const before = await buildsOf(fresh.engine.host);
  await runBuildx(fresh.engine.host, ['build', ...args, path]).catch(() => {});
  return (await buildsOf(fresh.engine.host)).find((ref) => !before.includes(ref)) ?? '';
}

async function untilAdopted(name: string): Promise<string> {
  const named = () => fresh.app.history.summaries.filter(({ references }) => references.includes(name));
  await expect.poll(() => named().length).toBe(1);
  return named()[0]?.id ?? '';
}

/** Nothing if it printed nothing. */
async function linesOf(history: BuildHistory, id: string) {
  const { hasLog } = await history.record(id);
  return hasLog ? (await Array.fromAsync(history.followLog(id, 0, undefined))).flat() : [];
}

/** What two accounts of one build have in common: all but by which way it came, and digests of secrets, each with a salt of its own. */
const common = ({ task: { id: _, ...task }, origin: __, engine: ___, argDigests, ...rest }: KeptBuild) => ({
  ...rest,
  task,
  withheld: Object.keys(argDigests),
});

own.for([
  ['succeeded', dockerfile, []],
  ['failed', dockerfile.replace('COPY a.txt /', 'RUN echo bad luck && exit 3'), []],
  ['platforms', 'FROM scratch\nCOPY a.txt /\n', ['--platform', 'linux/amd64,linux/arm64']],
] as const)('a file says of a build what the engine says: %s', async ([name, text, more]) => {
  if (name === 'platforms' && !traits.hasPlatforms) return;
  using work = folder(text);
  const args = ['--build-arg', 'WHO=them', '--build-arg', 'TOKEN=very-secret-indeed', ...more];
  const ref = await build(work.path, '-t', `it-${name}:1`, ...args);
  const told = await untilAdopted(`it-${name}:1`);
  await exportBuilds(fresh.engine.host, work.file('packed'), [ref]);
  await pipeline(createReadStream(work.file('packed')), createGunzip(), createWriteStream(work.file('plain')));
  for (const file of ['packed', 'plain']) {
    const history = new BuildHistory({ root: work.file(`builds-${file}`), readLayers: readBuiltLayers });
    await history.load();
    const [added, ...rest] = await addRecords(work.file(file), history, fresh.app.connection.current);
    expect([added, rest]).toEqual([{ id: expect.any(String), isNew: true }, []]);
    const id = added?.id ?? '';
    expect(common(await history.read(id))).toEqual(common(await fresh.app.history.read(told)));
    expect(await linesOf(history, id)).toEqual(await linesOf(fresh.app.history, told));
    expect(JSON.stringify(await history.read(id))).not.toContain('very-secret-indeed');
  }
  expect(await addRecords(work.file('packed'), fresh.app.history, fresh.app.connection.current)).toEqual([{ id: told, isNew: false }]);
});

own('a build of Layerdeck’s own is known again in a file, beside one that is not here', async () => {
  using work = folder();
  const before = await buildsOf(fresh.engine.host);
  const order = { kind: 'build' as const, folder: fresh.app.readable(work.path), dockerfile: 'Dockerfile', references: ['it-own:1'] };
  const { id } = await fresh.app.run({ ...order, args: { WHO: 'us' } });
  const ref = (await buildsOf(fresh.engine.host)).find((one) => !before.includes(one)) ?? '';
  const theirs = await build(work.path, '-t', 'it-theirs:1', '--build-arg', 'WHO=others');
  const told = await untilAdopted('it-theirs:1');
  await exportBuilds(fresh.engine.host, work.file('both'), [ref, theirs]);
  const added = await addRecords(work.file('both'), fresh.app.history, fresh.app.connection.current);
  expect(added).toEqual([
    { id, isNew: false },
    { id: told, isNew: false },
  ]);
});

own('a build from a file is compared with others; which engine made it is not guessed', async () => {
  using work = folder();
  await build(work.path, '-t', 'it-compared:1');
  const before = await untilAdopted('it-compared:1');
  work.write('Dockerfile', dockerfile.replace('hello', 'goodbye'));
  const ref = await build(work.path, '-t', 'it-compared:2');
  await exportBuilds(fresh.engine.host, work.file('x'), [ref]);
  const later = await untilAdopted('it-compared:2');
  await fresh.app.history.forget([later]);
  const [added] = await addRecords(work.file('x'), fresh.app.history, fresh.app.connection.current);
  expect(added).toEqual({ id: expect.any(String), isNew: true });
  const { comparedWith, steps } = await explainBuild(fresh.app.history, fresh.app.connection.current, added?.id ?? '');
  expect(comparedWith).toMatchObject({ id: before });
  expect(steps[0]?.causes).toEqual([expect.objectContaining({ kind: 'instruction-changed' })]);
});
