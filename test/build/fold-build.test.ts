import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { BuildStep } from '../../contract/build.ts';
import { buildKitProgress, emptyBuildKit, foldBuildKit } from '../../main/build/fold-buildkit.ts';
import { type ClassicLine, classicProgress, emptyClassic, endClassic, foldClassic } from '../../main/build/fold-classic.ts';
import { statusResponses } from '../../main/build/session/protocols.ts';
import { readNdjson } from '../../main/engine/ndjson.ts';

// Lines up to the error, if there is one: what the window saw.
async function linesOf<T extends object>(name: string): Promise<T[]> {
  const lines: T[] = [];
  try {
    for await (const line of readNdjson<T>(createReadStream(join(import.meta.dirname, '../fixtures/docker-20.10', name)))) lines.push(line);
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
  const traces = lines
    .filter(({ id }) => id === 'moby.buildkit.trace')
    .map(({ aux }) => statusResponses.decode(Buffer.from(aux, 'base64')));
  return buildKitProgress(traces.reduce(foldBuildKit, emptyBuildKit)).steps;
}

const own = (steps: BuildStep[]) => steps.filter(({ number }) => number !== undefined);
const states = (steps: BuildStep[]) => [...new Set(steps.map(({ state }) => state))];

describe('classic, recorded from Docker 20.10', () => {
  test('two stages, every step built', async () => {
    const { steps, imageId, output } = await classic('build-classic.ndjson');
    expect(steps).toHaveLength(8);
    expect(states(steps)).toEqual(['built']);
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
    expect(states(steps.filter(({ instruction }) => !instruction.startsWith('FROM')))).toEqual(['cached']);
  });

  test('a failing step is the last', async () => {
    const { steps, imageId } = await classic('build-classic-failing.ndjson', 'failed');
    expect(steps.map(({ state }) => state)).toEqual(['built', 'failed']);
    expect(imageId).toBeUndefined();
  });
});

describe('BuildKit, recorded from Docker 20.10', () => {
  test('the same build in its stages, with what each took', async () => {
    const steps = await buildKit('build-buildkit.ndjson');
    expect(
      own(steps)
        .filter(({ instruction }) => !instruction.startsWith('FROM'))
        .every(({ state }) => state === 'built'),
    ).toBe(true);
    expect(own(steps).map(({ instruction }) => instruction)).toContain('RUN dd if=/dev/urandom of=/blob bs=1M count=12');
    expect(new Set(own(steps).map(({ stage }) => stage))).toEqual(new Set(['first', 'stage-1']));
    expect(own(steps).every(({ seconds }) => seconds !== undefined && seconds >= 0)).toBe(true);
  });

  test('the second time everything comes from the cache', async () => {
    const steps = own(await buildKit('build-buildkit-cached.ndjson')).filter(({ instruction }) => !instruction.startsWith('FROM'));
    expect(states(steps)).toEqual(['cached']);
  });

  test('a failing step carries its error', async () => {
    const failed = (await buildKit('build-buildkit-failing.ndjson')).filter(({ state }) => state === 'failed');
    expect(failed).toHaveLength(1);
    expect(failed[0]?.error).toContain('exit code: 7');
  });
});
