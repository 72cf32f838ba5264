import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { explainBuild } from '../../../main/features/build-history/explain-build.ts';
import { pairBuilds } from '../../../main/features/build-history/pair-builds.ts';
import { FreshEngine } from '../../support/engines/fresh-engine.ts';
import { traits } from '../../support/engines/own-engine.ts';
import { WorkFolder } from '../../support/work-folder.ts';

const fresh = new FreshEngine();
const own = test.skipIf(!traits.tellsNamesOfBuilds);

const dockerfile = 'FROM layerdeck/base:1\nARG WHO=nobody\nARG TOKEN=none\nRUN echo "hello $WHO" $TOKEN\nCOPY a.txt /\n';
const folder = () => new WorkFolder({ Dockerfile: dockerfile, 'a.txt': 'a' });

const dockerBuild = (path: string, ...args: string[]) => fresh.engine.docker(['build', ...args, path], { env: { DOCKER_BUILDKIT: '1' } });

const named = (name: string) => fresh.app.history.summaries.filter(({ references }) => references.includes(name));

async function untilAdopted(name: string): Promise<string> {
  await expect.poll(() => named(name).length).toBe(1);
  return named(name)[0]?.id ?? '';
}

own('a build of docker’s command appears with its steps, its output and what it made; a secret argument is not kept', async () => {
  using work = folder();
  await dockerBuild(work.path, '-t', 'it-other:1', '--build-arg', 'WHO=them', '--build-arg', 'TOKEN=very-secret-indeed');
  const id = await untilAdopted('it-other:1');
  expect(fresh.app.history.summaries.find((one) => one.id === id)).toMatchObject({
    origin: 'other',
    state: 'succeeded',
    dockerfile: 'Dockerfile',
  });
  const { task, withheldArgs, hasLog } = await fresh.app.history.record(id);
  const steps = task.progress.build?.steps.filter(({ number }) => number !== undefined) ?? [];
  expect(steps.map(({ instruction, state }) => [instruction, state])).toEqual([
    [expect.stringMatching(/^FROM /), 'cached'],
    ['RUN echo "hello them" [withheld]', 'built'],
    ['COPY a.txt /', 'built'],
  ]);
  expect(task.request).toMatchObject({ args: { WHO: 'them' } });
  expect([withheldArgs, hasLog]).toEqual([['TOKEN'], true]);
  expect(JSON.stringify(await fresh.app.history.read(id))).not.toContain('very-secret-indeed');
  const lines = [];
  for await (const batch of fresh.app.history.followLog(id, 0, undefined)) lines.push(...batch.map(({ text }) => text));
  expect(lines).toEqual(['hello them [withheld]']);
  expect(readFileSync(fresh.app.history.logFile(id), 'utf8')).not.toContain('very-secret-indeed');
  const { Id } = await fresh.app.connection.engine.docker.getImage('it-other:1').inspect();
  expect(task.result).toMatchObject({ kind: 'build', imageId: Id });
  expect((await fresh.app.history.read(id)).dockerfile.text).toBe(dockerfile);
});

own('an own build is there once, and is compared with one of docker’s command: the cause is named as far as it is known', async () => {
  using work = folder();
  await dockerBuild(work.path, '-t', 'it-both:1', '--build-arg', 'WHO=them');
  const theirs = await untilAdopted('it-both:1');
  const order = { kind: 'build' as const, folder: fresh.app.readable(work.path), dockerfile: 'Dockerfile', references: ['it-both:2'] };
  const own = await fresh.app.run({ ...order, args: { WHO: 'us' } });
  expect(own.state).toBe('succeeded');
  // a later build of theirs shows that everything before it has been looked at
  await dockerBuild(work.path, '-t', 'it-both:3', '--build-arg', 'WHO=them');
  const again = await untilAdopted('it-both:3');
  expect(named('it-both:2').map(({ id, origin }) => [id, origin])).toEqual([[own.id, undefined]]);
  expect(fresh.app.history.summaries.find(({ id }) => id === again)).toMatchObject({ steps: 3, cachedSteps: 3 });
  const { records, samePlaces } = await pairBuilds(fresh.app.history, [theirs, own.id]);
  expect(records.map(({ task }) => task.id)).toEqual([theirs, own.id]);
  expect(samePlaces).toHaveLength(3);
});

test.runIf(traits.remembersBuilds && !traits.tellsNamesOfBuilds)(
  'a build whose name the engine does not tell appears without one',
  async () => {
    using work = folder();
    await dockerBuild(work.path, '-t', 'it-nameless:1', '--build-arg', 'WHO=them');
    await expect.poll(() => fresh.app.history.summaries).toMatchObject([{ origin: 'other', state: 'succeeded', references: [], steps: 3 }]);
  },
);

const causesOf = async (id: string) =>
  (await explainBuild(fresh.app.history, fresh.app.connection.current, id)).steps.flatMap(({ causes }) => causes);

own('a changed line is named against the build before; of files that were not seen nothing is said', async () => {
  using work = folder();
  await dockerBuild(work.path, '-t', 'it-changes:1');
  await untilAdopted('it-changes:1');
  work.write('Dockerfile', dockerfile.replace('hello', 'goodbye'));
  await dockerBuild(work.path, '-t', 'it-changes:2');
  expect(await causesOf(await untilAdopted('it-changes:2'))).toContainEqual(expect.objectContaining({ kind: 'instruction-changed' }));
  work.write('a.txt', 'another');
  await dockerBuild(work.path, '-t', 'it-changes:3');
  expect(await causesOf(await untilAdopted('it-changes:3'))).toEqual([expect.objectContaining({ kind: 'unknown' })]);
});

own('one that failed says why, and what the engine did not keep of it is not made up', async () => {
  using work = folder();
  await dockerBuild(work.path, '-t', 'it-fails:1');
  await untilAdopted('it-fails:1');
  work.write('Dockerfile', dockerfile.replace('COPY a.txt /', 'RUN echo bad luck && exit 3'));
  await expect(dockerBuild(work.path, '-t', 'it-fails:2')).rejects.toThrow('exit code: 3');
  const id = await untilAdopted('it-fails:2');
  const { task } = await fresh.app.history.record(id);
  expect(task).toMatchObject({ state: 'failed', failure: { kind: 'step-failed' } });
  expect(await causesOf(id)).toContainEqual(expect.objectContaining({ kind: 'unknown', reason: expect.stringContaining('no Dockerfile') }));
});

own('what was forgotten does not come back, and everything else is there once after a restart', async () => {
  const [gone, ...kept] = fresh.app.history.summaries.map(({ id }) => id);
  await fresh.app.history.forget([gone ?? '']);
  await fresh.restartApp();
  using work = folder();
  await dockerBuild(work.path, '-t', 'it-later:1');
  const later = await untilAdopted('it-later:1');
  expect(fresh.app.history.summaries.map(({ id }) => id).toSorted()).toEqual([later, ...kept].toSorted());
});
