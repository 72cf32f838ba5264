import { chmodSync, rmSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { StepCause, StepExplanation } from '../../../contract/explanation.ts';
import type { TaskRequest } from '../../../contract/task.ts';
import { explainBuild } from '../../../main/features/build-history/explain-build.ts';
import { requestJson } from '../../../main/foundation/engine/request.ts';
import { base, builderChoices, host, traits } from '../../support/engines/own-engine.ts';
import { startApp, type TestApp } from '../../support/make-app.ts';
import { WorkFolder } from '../../support/work-folder.ts';

type Inputs = Partial<Extract<TaskRequest, { kind: 'build' }>>;

const dockerfile = (mark: string, from = base) =>
  `FROM ${from}\nARG WHO=nobody\nENV MARK=${mark}\nRUN echo first\nCOPY src /src\nRUN echo hello $WHO\nCOPY other.txt /\nRUN echo last\n`;

/** A project whose steps no cache has ever seen. */
const makeProject = () => {
  const mark = String(Math.random());
  const folder = new WorkFolder({ Dockerfile: dockerfile(mark), 'src/a.txt': 'a', 'src/b.sh': 'echo b', 'other.txt': 'o' });
  chmodSync(folder.file('src/b.sh'), 0o644);
  return { folder, mark };
};

describe.each(builderChoices)('builder %s', (builder) => {
  const start = () => startApp(host, { builder });

  /** Builds, and gives the causes for each step that was built again, by the step's instruction. */
  const build = async (app: TestApp, folder: WorkFolder, inputs: Inputs = {}): Promise<Record<string, StepExplanation>> => {
    const task = await app.run({
      kind: 'build',
      folder: app.readable(folder.path),
      dockerfile: 'Dockerfile',
      references: ['it-explain:1'],
      ...inputs,
    });
    // BuildKit writes the values of variables into the names of steps
    const steps = new Map(task.progress.build?.steps.map((step) => [step.id, step.instruction.replace(/ (?:nobody|world)$/, ' $WHO')]));
    const explained = (await explainBuild(app.history, app.connection.current, task.id)).steps;
    return Object.fromEntries(
      explained.map((one) => [steps.get(one.step) ?? '', { ...one, follows: one.follows.map((id) => steps.get(id) ?? '') }]),
    );
  };

  const causesOf = (explained: Record<string, StepExplanation>): Record<string, StepCause[]> =>
    Object.fromEntries(Object.entries(explained).flatMap(([step, { causes }]) => (causes.length > 0 ? [[step, causes]] : [])));

  const twice = async (change: (folder: WorkFolder, mark: string) => void, inputs: Inputs = {}) => {
    await using app = await start();
    const { folder, mark } = makeProject();
    using _ = folder;
    expect(await build(app, folder)).toEqual({});
    change(folder, mark);
    return await build(app, folder, inputs);
  };

  test('nothing changed: nothing is explained', async () => {
    expect(await twice(() => {})).toEqual({});
  });

  test('a file that was only touched changes nothing', async () => {
    expect(await twice((folder) => folder.write('src/a.txt', 'a'))).toEqual({});
  });

  test('a file’s content', async () => {
    const explained = await twice((folder) => folder.write('src/a.txt', 'changed'));
    expect(causesOf(explained)).toEqual({
      'COPY src /src': [{ kind: 'files-changed', total: 1, changes: [{ path: 'src/a.txt', differences: [{ what: 'content' }] }] }],
    });
    expect(explained['RUN echo hello $WHO']?.follows).toEqual(['COPY src /src']);
    expect(Object.keys(explained)).toContain('RUN echo last');
    expect(Object.keys(explained)).not.toContain('RUN echo first');
  });

  test('a file’s mode only', async () => {
    const explained = await twice((folder) => chmodSync(folder.file('src/b.sh'), 0o755));
    expect(causesOf(explained)).toEqual({
      'COPY src /src': [
        { kind: 'files-changed', total: 1, changes: [{ path: 'src/b.sh', differences: [{ what: 'mode', before: '644', after: '755' }] }] },
      ],
    });
  });

  test('a file added and one removed, for two steps', async () => {
    const explained = await twice((folder) => {
      folder.write('src/new/c.txt', 'c');
      rmSync(folder.file('src/a.txt'));
      folder.write('other.txt', 'changed');
    });
    const added = { path: 'src/new/c.txt', differences: [{ what: 'added' }] };
    const removed = { path: 'src/a.txt', differences: [{ what: 'removed' }] };
    expect(causesOf(explained)).toEqual({
      'COPY src /src': [{ kind: 'files-changed', total: 2, changes: expect.arrayContaining([added, removed]) }],
      'COPY other.txt /': [{ kind: 'files-changed', total: 1, changes: [{ path: 'other.txt', differences: [{ what: 'content' }] }] }],
    });
  });

  test('a build argument', async () => {
    const explained = await twice(() => {}, { args: { WHO: 'world' } });
    const change: StepCause = { kind: 'arg-changed', name: 'WHO', before: 'nobody', after: 'world' };
    expect(Object.values(causesOf(explained))[0]).toEqual([change]);
    expect(Object.values(causesOf(explained))).toHaveLength(1);
  });

  test('an instruction in the middle', async () => {
    const explained = await twice((folder, mark) => folder.write('Dockerfile', dockerfile(mark).replace('hello', 'goodbye')));
    expect(causesOf(explained)).toEqual({
      'RUN echo goodbye $WHO': [{ kind: 'instruction-changed', before: 'RUN echo hello $WHO', after: 'RUN echo goodbye $WHO' }],
    });
  });

  test('an instruction added, and one removed', async () => {
    const explained = await twice((folder, mark) =>
      folder.write('Dockerfile', dockerfile(mark).replace('RUN echo first\n', '').replace('RUN echo last', 'RUN echo new\nRUN echo last')),
    );
    expect(causesOf(explained)).toEqual({
      'COPY src /src': [{ kind: 'instruction-removed', before: 'RUN echo first' }],
      'RUN echo new': [{ kind: 'instruction-new' }],
    });
  });

  test('no cache wanted', async () => {
    const explained = await twice(() => {}, { noCache: true });
    expect(explained['RUN echo first']?.causes).toEqual([{ kind: 'no-cache' }]);
    expect(explained['RUN echo last']?.causes).toEqual([{ kind: 'no-cache' }]);
  });

  test('a base image whose name another image took', async () => {
    await using app = await start();
    const { folder, mark } = makeProject();
    using _ = folder;
    const { docker } = app.connection.engine;
    const tag = async () => {
      using other = new WorkFolder({ Dockerfile: `FROM ${base}\nCOPY mark /\n`, mark: String(Math.random()) });
      const { result } = await app.run({
        kind: 'build',
        folder: app.readable(other.path),
        dockerfile: 'Dockerfile',
        references: ['it-base:1'],
      });
      return result?.kind === 'build' ? result.imageId : '';
    };
    const before = await tag();
    folder.write('Dockerfile', dockerfile(mark, 'it-base:1'));
    expect(await build(app, folder)).toEqual({});
    const after = await tag();
    expect(after).not.toBe(before);
    const explained = await build(app, folder);
    expect(causesOf(explained)).toEqual({
      [builder === 'classic' ? `ENV MARK=${mark}` : 'RUN echo first']: [{ kind: 'base-moved', reference: 'it-base:1', before, after }],
    });
    await docker.getImage('it-base:1').remove();
  });

  test('a cache that was pruned, or removed with the image', async () => {
    await using app = await start();
    const { folder } = makeProject();
    using _ = folder;
    await build(app, folder);
    const { docker } = app.connection.engine;
    await docker.getImage('it-explain:1').remove({ force: true });
    if (builder === 'classic') await docker.pruneImages({ filters: { dangling: ['true'] } });
    else await requestJson(docker, { method: 'POST', path: '/build/prune', query: { all: '1' } });
    const explained = await build(app, folder);
    const first = Object.values(causesOf(explained));
    expect(first).toHaveLength(1);
    // the steps of the classic builder are the image's own
    const pruned = { kind: 'cache-gone', evidence: 'pruned', at: expect.any(Number) };
    expect(first[0]).toEqual([builder === 'classic' ? { kind: 'cache-gone', evidence: 'image-removed' } : pruned]);
  });

  test.runIf(traits.hasBuildKit)('the other builder', async () => {
    await using app = await start();
    const { folder } = makeProject();
    using _ = folder;
    await build(app, folder);
    app.builder = builder === 'classic' ? 'automatic' : 'classic';
    const explained = await build(app, folder);
    expect(
      Object.values(causesOf(explained))
        .flat()
        .map(({ kind }) => kind),
    ).toEqual(['other-builder']);
  });

  test('a step that had failed', async () => {
    await using app = await start();
    const { folder, mark } = makeProject();
    using _ = folder;
    folder.write('Dockerfile', `${dockerfile(mark)}RUN test -e /src/there\n`);
    await build(app, folder);
    const explained = await build(app, folder);
    expect(causesOf(explained)).toEqual({ 'RUN test -e /src/there': [{ kind: 'not-finished-before' }] });
  });
});
