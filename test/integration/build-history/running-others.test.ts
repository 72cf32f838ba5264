import { expect, test } from 'vitest';
import type { Task } from '../../../contract/task.ts';
import { FreshEngine } from '../../support/engines/fresh-engine.ts';
import { traits } from '../../support/engines/own-engine.ts';
import { HeldStep } from '../../support/held-step.ts';
import { startApp } from '../../support/make-app.ts';
import { WorkFolder } from '../../support/work-folder.ts';

const fresh = new FreshEngine();
const own = test.skipIf(!traits.tellsNamesOfBuilds);

const dockerBuild = (path: string, name: string, { signal, args = [] }: { signal?: AbortSignal; args?: string[] } = {}) =>
  fresh.engine.docker(['build', '-t', name, ...args, path], { env: { DOCKER_BUILDKIT: '1' }, ...(signal && { signal }) });

const held = (step: HeldStep) => new WorkFolder({ Dockerfile: `FROM layerdeck/base:1\nARG TOKEN\n${step.line}RUN echo "$TOKEN"\n` });

const shown = (name: string, on = fresh.app): Task | undefined =>
  on.others.tasks.find(({ request }) => request.kind === 'build' && request.references.includes(name));
const kept = (name: string) => fresh.app.history.summaries.filter(({ references }) => references.includes(name));
const stateOf = (task: Task | undefined, words: string) =>
  task?.progress.build?.steps.find(({ instruction }) => instruction.includes(words))?.state;

async function begun(step: HeldStep, name: string): Promise<string> {
  await expect.poll(() => step.isThere).toBe(true);
  await expect.poll(() => stateOf(shown(name), 'mkfifo')).toBe('running');
  return shown(name)?.id ?? '';
}

own('what another tool builds is shown while it runs, step by step, and turns into what was recorded', async () => {
  using step = new HeldStep();
  using work = held(step);
  const told: string[] = [];
  fresh.app.others.on('begun', ({ id, state, origin }) => told.push(`begun ${id} ${state} ${origin}`));
  fresh.app.others.on('over', (id) => told.push(`over ${id} ${fresh.app.history.has(id)}`));
  const building = dockerBuild(work.path, 'it-runs:1', { args: ['--build-arg', 'TOKEN=very-secret-indeed'] });
  const id = await begun(step, 'it-runs:1');
  expect(shown('it-runs:1')).toMatchObject({ kind: 'build', state: 'running', request: { folder: '', references: ['it-runs:1'] } });
  expect(kept('it-runs:1')).toEqual([]);
  const log = fresh.app.others.followLog(id, 0, undefined);
  const first = await log.next();
  expect(first.value).toEqual([{ number: 1, text: 'begun', step: expect.stringMatching(/^sha256:/) }]);
  await step.release();
  await building;
  await expect.poll(() => kept('it-runs:1').map((build) => [build.id, build.state])).toEqual([[id, 'succeeded']]);
  await expect.poll(() => fresh.app.others.tasks).toEqual([]);
  const rest = (await Array.fromAsync(log)).flat().map(({ text }) => text);
  expect(rest).toEqual(['released', 'over', '[withheld]']);
  expect(told).toEqual([`begun ${id} running other`, `over ${id} true`]);
  fresh.app.others.removeAllListeners('begun').removeAllListeners('over');
});

own('an own build is not shown a second time, neither while it runs nor after it', async () => {
  using mine = new HeldStep();
  using theirs = new HeldStep();
  using ownWork = held(mine);
  using otherWork = held(theirs);
  const order = { kind: 'build' as const, folder: fresh.app.readable(ownWork.path), dockerfile: 'Dockerfile', references: ['it-mine:1'] };
  const own = fresh.app.tasks.start(order);
  await expect.poll(() => mine.isThere).toBe(true);
  // theirs began later: once it is shown, the engine has told of both
  const building = dockerBuild(otherWork.path, 'it-theirs:1');
  await begun(theirs, 'it-theirs:1');
  expect(shown('it-mine:1')).toBeUndefined();
  await theirs.release();
  await building;
  // it does not wait for the own one, which goes on
  await expect.poll(() => kept('it-theirs:1').map(({ state }) => state)).toEqual(['succeeded']);
  await mine.release();
  expect((await fresh.app.ended(own)).state).toBe('succeeded');
  using later = new WorkFolder({ Dockerfile: 'FROM layerdeck/base:1\nRUN echo later\n' });
  await dockerBuild(later.path, 'it-after-mine:1');
  await expect.poll(() => kept('it-after-mine:1')).toHaveLength(1);
  expect(kept('it-mine:1').map(({ id, origin }) => [id, origin])).toEqual([[own, undefined]]);
  expect(fresh.app.others.tasks).toEqual([]);
});

own('an app that starts while one runs shows it from its beginning', async () => {
  using step = new HeldStep();
  using work = held(step);
  const building = dockerBuild(work.path, 'it-later-app:1');
  const id = await begun(step, 'it-later-app:1');
  {
    await using second = await startApp(fresh.engine.host);
    await expect.poll(() => stateOf(shown('it-later-app:1', second), 'mkfifo')).toBe('running');
    expect(shown('it-later-app:1', second)?.id).toBe(id);
    const { value } = await second.others.followLog(id, 0, undefined).next();
    expect(value).toMatchObject([{ text: 'begun' }]);
  }
  await step.release();
  await building;
  await expect.poll(() => kept('it-later-app:1')).toHaveLength(1);
});

own('one that is stopped where it was started is over here, too', async () => {
  using step = new HeldStep();
  using work = held(step);
  const stop = new AbortController();
  const building = dockerBuild(work.path, 'it-stopped:1', { signal: stop.signal });
  await begun(step, 'it-stopped:1');
  stop.abort();
  await expect(building).rejects.toThrow();
  await expect.poll(() => kept('it-stopped:1').map(({ state }) => state)).toEqual(['cancelled']);
  await expect.poll(() => fresh.app.others.tasks).toEqual([]);
});

own('an engine that dies in the middle takes its builds along, and it is said that their end is not known', async () => {
  using step = new HeldStep();
  using work = held(step);
  const building = dockerBuild(work.path, 'it-dies:1').catch(() => {});
  const id = await begun(step, 'it-dies:1');
  await fresh.engine.kill();
  await expect.poll(() => fresh.app.others.tasks).toEqual([]);
  expect(fresh.app.others.failureOf(id)?.failure).toMatchObject({ kind: 'interrupted' });
  expect(kept('it-dies:1')).toEqual([]);
  await building;
  await fresh.engine.restart();
  await fresh.app.until(() => fresh.app.connection.state.state === 'connected', 30_000);
  using later = new WorkFolder({ Dockerfile: 'FROM layerdeck/base:1\nRUN echo later\n' });
  await dockerBuild(later.path, 'it-after-death:1');
  await expect.poll(() => kept('it-after-death:1')).toHaveLength(1);
  expect([fresh.app.others.tasks, kept('it-dies:1')]).toEqual([[], []]);
});
