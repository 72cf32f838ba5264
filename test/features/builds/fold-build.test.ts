import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { BuildStep } from '../../../contract/build.ts';
import { countSteps } from '../../../contract/count-steps.ts';
import { buildKitProgress, emptyBuildKit, firstError, foldBuildKit } from '../../../main/features/builds/fold-buildkit.ts';
import {
  type ClassicLine,
  type ClassicState,
  classicProgress,
  emptyClassic,
  endClassic,
  foldClassic,
  lastLine,
} from '../../../main/features/builds/fold-classic.ts';
import { readStatus, type StatusResponse } from '../../../main/foundation/buildkit/protocols.ts';
import { readNdjson } from '../../../main/foundation/engine/ndjson.ts';

// lines up to the error, if there is one: what the window saw
async function linesOf<T extends object>(name: string): Promise<T[]> {
  const lines: T[] = [];
  try {
    for await (const line of readNdjson<T>(createReadStream(join(import.meta.dirname, '../../fixtures/docker-20.10', name))))
      lines.push(line);
  } catch {
    // the error line itself is tested with the reader
  }
  return lines;
}

async function classic(name: string, end: 'built' | 'failed' = 'built') {
  let state = emptyClassic;
  const output: { text: string; step?: string }[] = [];
  for (const [at, line] of (await linesOf<ClassicLine>(name)).entries()) {
    const folded = foldClassic(state, line, at * 1000);
    state = folded.state;
    output.push(...folded.lines);
  }
  state = endClassic(state, end, 99_000);
  return { steps: classicProgress(state).steps, output, imageId: state.imageId };
}

async function buildKit(name: string): Promise<BuildStep[]> {
  const lines = await linesOf<{ id: string; aux: string }>(name);
  const traces = lines.filter(({ id }) => id === 'moby.buildkit.trace').map(({ aux }) => readStatus(Buffer.from(aux, 'base64')));
  return buildKitProgress(traces.reduce(foldBuildKit, emptyBuildKit)).steps;
}

/** The step that one vertex becomes, with the reports of its transfer before it ended. */
function onlyStep(vertex: Partial<Vertex>, transfers: { current: number; total: number }[] = []): BuildStep {
  const whole = { digest: 'v', inputs: [], name: '', cached: false, error: '', ...vertex };
  const statuses = transfers.map((transfer) => ({ ID: 'layer', vertex: 'v', name: '', ...transfer }));
  const { completed: _, ...begun } = whole;
  const running = foldBuildKit(emptyBuildKit, { vertexes: [begun], statuses, logs: [] });
  return buildKitProgress(foldBuildKit(running, { vertexes: [whole], statuses: [], logs: [] })).steps[0] as BuildStep;
}

type Vertex = StatusResponse['vertexes'][number];

const own = (steps: BuildStep[]) => steps.filter(({ number }) => number !== undefined);
const isNoBase = ({ instruction }: BuildStep) => !instruction.startsWith('FROM');
const states = (steps: BuildStep[]) => [...new Set(steps.map(({ state }) => state))];

describe('classic, recorded from Docker 20.10', () => {
  test('two stages, every step built', async () => {
    const { steps, imageId, output } = await classic('build-classic.ndjson');
    expect(steps).toHaveLength(8);
    expect(states(steps.filter(isNoBase))).toEqual(['built']);
    expect(steps.map(({ stage, number }) => `${stage}/${number}`)).toEqual([
      'first/1',
      'first/2',
      'first/3',
      'stage-1/1',
      'stage-1/2',
      'stage-1/3',
      'stage-1/4',
      'stage-1/5',
    ]);
    expect(imageId).toMatch(/^sha256:/);
    expect(output.find(({ text }) => text === 'two')?.step).toBe('2');
  });

  test('the second time everything comes from the cache', async () => {
    const { steps } = await classic('build-classic-cached.ndjson');
    expect(states(steps)).toEqual(['cached']);
    expect(countSteps(steps)).toEqual({ steps: 8, cachedSteps: 8 });
  });

  test('a base image that had to be got did not come from the cache', () => {
    const got = { id: 'a', progressDetail: { current: 10, total: 10 } };
    const lines = [{ stream: 'Step 1/2 : FROM app\n' }, got, { stream: ' ---> 1\nStep 2/2 : RUN x\n' }];
    const { steps } = lines.reduce<ClassicState>((state, line) => foldClassic(state, line, 0).state, emptyClassic);
    expect(steps.map(({ state }) => state)).toEqual(['built', 'running']);
  });

  test('an ARG before the first FROM belongs to no stage', () => {
    const stream = 'Step 1/3 : ARG TAG=1\nStep 2/3 : FROM app:$TAG\n ---> 1\nStep 3/3 : RUN x\n ---> Using cache\n';
    const { steps } = foldClassic(emptyClassic, { stream }, 0).state;
    expect(steps.map(({ number }) => number)).toEqual([undefined, 1, 2]);
    expect(countSteps(steps)).toEqual({ steps: 2, cachedSteps: 2 });
  });

  test.each([
    ['\u001b[91mwarning\n\u001b[0m', 'warning'],
    ['\u001b[91m\u001b[32mgreen\u001b[0m plain\n\u001b[0m', '\u001b[32mgreen\u001b[0m plain'],
    ['\u001b[32mgreen\u001b[0m plain\n', '\u001b[32mgreen\u001b[0m plain'],
    ['\u001b[91mown red\u001b[0m plain\n', '\u001b[91mown red\u001b[0m plain'],
  ])('only the engine’s own red is removed: %j', (stream, text) => {
    const { lines } = foldClassic(emptyClassic, { stream }, 0);
    expect(lines.map((line) => line.text)).toEqual([text]);
  });

  test.each([
    ['cached', 2, [' ---> Using cache', ' ---> Using cache', ' ---> c954dba765b3']],
    ['built', 2, [' ---> Using cache', ' ---> 098a0397067d']],
    ['built', 1, [' ---> Running in d5bba1744d90', 'onb', 'Removing intermediate container d5bba1744d90', ' ---> c954dba765b3']],
  ])('a FROM whose base adds steps is %s as all of them are', (state, triggers, lines) => {
    const words = triggers === 1 ? '1 build trigger' : `${triggers} build triggers`;
    const stream = `${['Step 1/2 : FROM a', `# Executing ${words}`, ...lines, 'Step 2/2 : RUN b'].join('\n')}\n`;
    const { steps } = foldClassic(emptyClassic, { stream }, 0).state;
    expect(steps).toMatchObject([{ state, triggers }, { state: 'running' }]);
  });

  test('what a builder inside a RUN prints is not a step of this build', () => {
    const stream = 'Step 1/2 : FROM app\n ---> 1\nStep 2/2 : RUN docker build .\nStep 1/3 : FROM x\nStep 2/2 : RUN y\nStep 3/3 : RUN z\n';
    const { steps } = foldClassic(emptyClassic, { stream }, 0).state;
    expect(steps.map(({ instruction }) => instruction)).toEqual(['FROM app', 'RUN docker build .']);
  });

  test('Podman counts the steps of each stage by itself', () => {
    const stream = '[1/2] STEP 1/2: FROM a AS one\n[1/2] STEP 2/2: RUN x\n[2/2] STEP 1/2: FROM b\n[2/2] STEP 2/2: COPY --from=one /x /x\n';
    const { steps, total } = foldClassic(emptyClassic, { stream }, 0).state;
    expect(steps.map(({ stage, number }) => `${stage}/${number}`)).toEqual(['one/1', 'one/2', 'stage-1/1', 'stage-1/2']);
    expect(total).toBeUndefined();
  });

  test('Podman leaves out a stage that nothing needs', () => {
    const stream = '[2/3] STEP 1/1: FROM a\n[3/3] STEP 1/2: FROM b\n[3/3] STEP 2/2: RUN x\n';
    const { steps } = foldClassic(emptyClassic, { stream }, 0).state;
    expect(steps.map(({ stage, number }) => `${stage}/${number}`)).toEqual(['stage-1/1', 'stage-2/1', 'stage-2/2']);
  });

  test.each([
    ['cached', '--> Using cache 6576\n--> 6576\n', '--> Using cache e7a6\n--> e7a6\n'],
    ['built', '--> Using cache 6576\n--> 6576\n', 'added\n--> e7a6\n'],
    ['built', '--> 6576\n', 'added\n--> e7a6\n'],
  ])('what a base adds is part of its FROM on Podman, too, and shifts no step: %s', (state, first, second) => {
    const stream = `[2/4] STEP 1/3: FROM adds:1 AS two\n[2/4] STEP 2/5: COPY x /x\n${first}[2/4] STEP 3/5: RUN echo added\n${second}[2/4] STEP 4/5: ENV B=2\n--> Using cache 9a03\n--> 9a03\n[2/4] STEP 5/5: RUN echo last\n[4/4] STEP 1/2: FROM 4577\n[4/4] STEP 2/2: LABEL "q"="r"\n`;
    const { steps } = foldClassic(emptyClassic, { stream }, 0).state;
    expect(steps).toMatchObject([
      { instruction: 'FROM adds:1 AS two', stage: 'two', number: 1, state, triggers: 2 },
      { instruction: 'ENV B=2', stage: 'two', number: 2, state: 'cached' },
      { instruction: 'RUN echo last', stage: 'two', number: 3, state: 'built' },
      { instruction: 'FROM 4577', number: 1, state: 'cached' },
      { instruction: 'LABEL "q"="r"', number: 2, state: 'running' },
    ]);
  });

  test('the last words of a step that fails without a line break are not lost', () => {
    const { state } = foldClassic(emptyClassic, { stream: 'Step 1/1 : RUN x\nno such thing' }, 0);
    expect(lastLine(state)).toEqual({ step: '1', text: 'no such thing' });
  });

  test('a failing step is the last', async () => {
    const { steps, imageId } = await classic('build-classic-failing.ndjson', 'failed');
    expect(steps.map(({ state }) => state)).toEqual(['cached', 'failed']);
    expect(imageId).toBeUndefined();
  });
});

test('classic: what a RUN prints is never taken for a line of the builder, whatever it looks like', () => {
  const lines = [
    ...['Step 1/3 : FROM app', ' ---> 0123456789ab', 'Step 2/3 : RUN x', ' ---> Running in 0123456789ab'],
    ...[' ---> Using cache', 'Step 3/3 : CMD forged', 'Removing intermediate container 0123456789ab', ' ---> ba9876543210'],
    ...['Step 3/3 : CMD real', ' ---> Using cache', ' ---> 0123456789ab', 'Successfully built 0123456789ab'],
  ];
  const state = foldClassic(emptyClassic, { stream: `${lines.join('\n')}\n` }, 0).state;
  expect(classicProgress(state).steps).toMatchObject([
    { instruction: 'FROM app' },
    { instruction: 'RUN x', state: 'built' },
    { instruction: 'CMD real', state: 'cached' },
  ]);
});

describe('BuildKit, recorded from Docker 20.10', () => {
  test('the same build in its stages, with what each took', async () => {
    const steps = await buildKit('build-buildkit.ndjson');
    expect(states(own(steps).filter(isNoBase))).toEqual(['built']);
    expect(own(steps).map(({ instruction }) => instruction)).toContain('RUN dd if=/dev/urandom of=/blob bs=1M count=12');
    expect(new Set(own(steps).map(({ stage }) => stage))).toEqual(new Set(['first', 'stage-1']));
    expect(own(steps).every(({ seconds }) => seconds !== undefined && seconds >= 0)).toBe(true);
  });

  test('the second time everything comes from the cache', async () => {
    const steps = await buildKit('build-buildkit-cached.ndjson');
    expect(states(own(steps))).toEqual(['cached']);
    expect(countSteps(steps)).toEqual({ steps: 6, cachedSteps: 6 });
  });

  test('a step names the steps that it directly builds on', async () => {
    const steps = own(await buildKit('build-buildkit.ndjson'));
    const named = new Map(steps.map(({ id, stage, number }) => [id, `${stage}/${number}`]));
    const needs = steps.map((step) => step.needs?.map((id) => named.get(id) ?? 'other'));
    expect(needs).toEqual([undefined, ['first/1'], ['first/2', 'other'], ['first/1', 'first/3'], ['stage-1/2'], ['stage-1/3']]);
  });

  test.each([
    ['[app 2/5] RUN x', { stage: 'app', number: 2 }],
    ['[2/5] RUN x', { stage: '', number: 2 }],
    ['[linux/amd64 app 2/5] RUN x', { stage: 'app', number: 2 }],
    ['[linux/arm/v7 2/5] RUN x', { stage: '', number: 2 }],
    ['[linux/amd64->arm64 app 2/5] RUN x', { stage: 'app', number: 2 }],
  ])('the place of %s', (name, place) => {
    expect(onlyStep({ name })).toMatchObject({ ...place, instruction: 'RUN x' });
  });

  test('a base image that is here counts as cached, one that was got does not', () => {
    const vertex = { name: '[1/2] FROM docker.io/library/a', started: { seconds: 1, nanos: 0 }, completed: { seconds: 2, nanos: 0 } };
    expect(onlyStep(vertex).state).toBe('cached');
    expect(onlyStep(vertex, [{ current: 5, total: 10 }]).state).toBe('built');
  });

  test('a failing step carries its error', async () => {
    const failed = (await buildKit('build-buildkit-failing.ndjson')).filter(({ state }) => state === 'failed');
    expect(failed).toHaveLength(1);
    expect(failed[0]?.error).toContain('exit code: 7');
  });
});

test('of several errors at once, the one of the failed step counts, not those of steps cancelled because of it', () => {
  const step = { number: 1, total: 2, instruction: 'RUN a' };
  const steps = {
    a: { ...step, id: 'a', state: 'cancelled' as const, error: 'context canceled' },
    b: { ...step, id: 'b', state: 'failed' as const, error: 'illegal exclusion pattern: "!"' },
  };
  const handedOn = new Error('context canceled');
  expect(firstError(handedOn, { steps }).message).toBe('illegal exclusion pattern: "!"');
  expect(firstError(handedOn, { steps: { a: steps.a } })).toBe(handedOn);
  const other = new Error('no space left on device');
  expect(firstError(other, { steps })).toBe(other);
});

test('a step that quotes a name that is not text does not end the build', () => {
  // vertexes { digest: "d", name: "a", error: "lstat \x80" }, as Go writes it
  const vertex = Buffer.from([0x0a, 1, 0x64, 0x1a, 1, 0x61, 0x3a, 7, ...Buffer.from('lstat '), 0x80]);
  const { vertexes } = readStatus(Buffer.concat([Buffer.from([0x0a, vertex.length]), vertex]));
  expect(vertexes).toMatchObject([{ digest: 'd', name: 'a', error: 'lstat \ufffd', cached: false }]);
});
