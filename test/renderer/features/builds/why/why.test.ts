import { describe, expect, test } from 'vitest';
import type { BuildStep } from '../../../../../contract/build.ts';
import type { BuildRecord } from '../../../../../contract/build-record.ts';
import type { FileDifference, StepCause } from '../../../../../contract/explanation.ts';
import { compareSteps, totals } from '../../../../../renderer/features/builds/compare/compare-steps.ts';
import { groupSteps } from '../../../../../renderer/features/builds/group-steps.ts';
import { beforeAndAfter, causeSentence, changeNote, changeWords } from '../../../../../renderer/features/builds/why/cause-words.ts';
import { followWords } from '../../../../../renderer/features/builds/why/follow-words.ts';

const step = (id: string, more: Partial<BuildStep> = {}): BuildStep => ({
  id,
  stage: '',
  number: Number(id) || 1,
  instruction: `RUN ${id}`,
  state: 'built',
  ...more,
});

describe('a cause in words', () => {
  const now = Date.now();
  test.each<[StepCause, RegExp]>([
    [{ kind: 'instruction-changed', before: 'RUN a', after: 'RUN b' }, /line in the Dockerfile changed/],
    [{ kind: 'instruction-changed', before: '', after: 'ENV A=1' }, /above it is new/],
    [{ kind: 'instruction-changed', before: 'ENV A=1', after: '' }, /above it is gone/],
    [{ kind: 'instruction-new' }, /new at this place in the Dockerfile/],
    [{ kind: 'instruction-removed', before: 'RUN a' }, /no longer does/],
    [{ kind: 'base-moved', reference: 'a:1', before: 'sha256:1', after: 'sha256:2' }, /a:1 is another image/],
    [{ kind: 'arg-changed', name: 'V', before: '1', after: '2' }, /argument V has another value:/],
    [{ kind: 'arg-changed', name: 'TOKEN' }, /argument TOKEN has another value, or/],
    [{ kind: 'files-changed', changes: [], total: 3 }, /3\schanges in your files/],
    [{ kind: 'option-changed', option: 'platform' }, /platform was changed/],
    [{ kind: 'no-cache' }, /told to build everything again/],
    [{ kind: 'cache-gone', evidence: 'pruned', at: now }, /cache was cleaned at \d\d:\d\d/],
    [{ kind: 'cache-gone', evidence: 'image-removed' }, /image of the last build was removed/],
    [{ kind: 'cache-gone', evidence: 'nothing-changed' }, /Nothing that Layerdeck records has changed/],
    [{ kind: 'other-builder', before: 'classic', after: 'buildkit' }, /other builder/],
    [{ kind: 'other-engine' }, /another engine/],
    [{ kind: 'not-finished-before' }, /failed or was stopped/],
    [{ kind: 'arg-changed', name: 'V', after: '1' }, /is now set above it:$/],
    [{ kind: 'arg-changed', name: 'V', before: '1' }, /is no longer set above it:$/],
    [{ kind: 'other-stage', from: '0' }, /“0” now means another stage or image/],
    [{ kind: 'option-changed', option: 'labels', after: 'a=b' }, /^Other labels were chosen/],
    [{ kind: 'cache-sources', images: ['a:1', 'b:1'], isOnly: true }, /from a:1 and b:1, and the classic builder then looks nowhere else/],
    [{ kind: 'cache-sources', images: ['a:1'], isOnly: false }, /built with a record of them/],
    [{ kind: 'not-reused', image: 'r/a:1', count: 6 }, /^You got r\/a:1 from a registry; its steps can be reused. Its first 6\slines/],
    [{ kind: 'unknown', reason: 'nobody looked' }, /^Unknown: nobody looked\.$/],
  ])('%j', (cause, words) => {
    expect(causeSentence(cause, now)).toMatch(words);
  });

  test('what was and what is, if a cause has both', () => {
    expect(beforeAndAfter({ kind: 'arg-changed', name: 'V', after: '2' })).toEqual({ after: 'V=2' });
    expect(beforeAndAfter({ kind: 'arg-changed', name: 'TOKEN' })).toBeUndefined();
    expect(beforeAndAfter({ kind: 'instruction-changed', before: '', after: 'ENV A=1' })).toEqual({ after: 'ENV A=1' });
    expect(beforeAndAfter({ kind: 'no-cache' })).toBeUndefined();
  });
});

describe('a changed file in words', () => {
  const change = (...differences: FileDifference[]) => ({ path: 'a', differences });
  test.each<[FileDifference, string, string]>([
    [{ what: 'content' }, 'content', ''],
    [{ what: 'mode', before: '644', after: '755' }, 'mode 644 → 755', 'can now be run'],
    [{ what: 'mode', before: '755', after: '644' }, 'mode 755 → 644', 'can no longer be run'],
    [{ what: 'type', before: 'file', after: 'link' }, 'file → link', ''],
    [{ what: 'target', before: 'a', after: 'b' }, 'link to a → b', ''],
    [{ what: 'hard-link', after: 'b' }, 'a file of its own → another name of b (hard link)', ''],
    [{ what: 'ignored' }, 'now left out by the ignore file', ''],
    [{ what: 'no-longer-sent' }, 'no longer sent', ''],
  ])('%j', (difference, words, note) => {
    expect(changeWords(change(difference))).toBe(words);
    expect(changeNote(change(difference))).toBe(note);
  });
});

test('names that look alike are pointed out', () => {
  const added = { path: 'gr\u00fcn', differences: [{ what: 'added' as const }], looksLike: 'gru\u0308n' };
  expect(changeNote(added)).toContain('look alike');
});

test('which step follows which is said with the steps’ numbers, and with the stage if it differs', () => {
  const steps = [step('1'), step('2'), step('3'), step('4', { stage: 'app' })];
  const explanation = {
    steps: [
      { step: '1', causes: [{ kind: 'instruction-new' as const }], follows: [] },
      { step: '2', causes: [], follows: ['1'] },
      { step: '4', causes: [], follows: ['1'] },
    ],
  };
  const words = (id: string) => followWords(explanation.steps.find((one) => one.step === id) as never, steps, explanation);
  expect(words('1')).toBe('Step 2 and step 4 of app follow it, so they are built again, too.');
  expect(words('2')).toBe('It builds on step 1, which was built again.');
});

test('stages stand in the order in which they need each other, however the builder reports them', () => {
  const steps = [
    step('b2', { stage: 'app', number: 2, needs: ['b1', 'a2'] }),
    step('b1', { stage: 'app', number: 1 }),
    step('a2', { stage: 'pages', number: 2, needs: ['a1'] }),
    step('a1', { stage: 'pages', number: 1 }),
  ];
  expect(groupSteps(steps).map(({ title }) => title)).toEqual(['pages', 'app']);
});

test('a base that two stages share is the same step, whichever stage it was announced in', () => {
  const record = (stage: string): BuildRecord =>
    ({
      sizes: [],
      task: {
        progress: {
          build: {
            builder: 'buildkit',
            steps: [
              step('f', { stage, number: 1, instruction: 'FROM a' }),
              step('p', { stage: 'pages', number: 2, needs: ['f'] }),
              step('s', { stage: 'stage-1', number: 2, needs: ['f', 'p'] }),
            ],
          },
        },
      },
    }) as unknown as BuildRecord;
  const pairs = compareSteps({ records: [record('pages'), record('stage-1')], samePlaces: [] });
  expect(pairs.every(({ before, after }) => before && after)).toBe(true);
});

test('two builds are laid side by side by their steps', () => {
  const record = (steps: BuildStep[], sizes: BuildRecord['sizes'] = []): BuildRecord =>
    ({ task: { progress: { build: { builder: 'buildkit', steps } } }, sizes }) as unknown as BuildRecord;
  const before = record([step('1', { state: 'cached' }), step('2', { seconds: 4 }), step('3', { instruction: 'RUN gone' })]);
  const after = record(
    [step('1', { seconds: 2 }), step('2', { state: 'cached' }), step('9', { instruction: 'RUN new' })],
    [{ step: '1', bytes: 7 }],
  );
  const pairs = compareSteps({ records: [before, after], samePlaces: [] });
  expect(pairs.map(({ instruction, before: was, after: is }) => [instruction, was?.state, is?.state])).toEqual([
    ['RUN 1', 'cached', 'built'],
    ['RUN 2', 'built', 'cached'],
    ['RUN new', undefined, 'built'],
    ['RUN gone', 'built', undefined],
  ]);
  expect(pairs[0]?.after?.size).toBe(7);
  expect(totals(pairs, 'before')).toEqual({ seconds: 4, cached: 1, steps: 3 });
});

test('steps in the same place are paired with both texts, the rest by what they say', () => {
  const record = (...steps: BuildStep[]): BuildRecord =>
    ({ task: { progress: { build: { builder: 'buildkit', steps } } }, sizes: [] }) as unknown as BuildRecord;
  const last = step('x', { number: 3 });
  const before = record(step('1', { number: 1, instruction: 'RUN echo v 1' }), step('2', { number: 2, instruction: 'RUN echo v 2' }), last);
  const after = record(step('3', { number: 1, instruction: 'RUN echo v 2' }), step('4', { number: 2, instruction: 'RUN echo v 3' }), last);
  const samePlaces: [string, string][] = [
    ['1', '3'],
    ['2', '4'],
  ];
  const pairs = compareSteps({ records: [before, after], samePlaces });
  expect(pairs.map(({ was, instruction }) => [was, instruction])).toEqual([
    ['RUN echo v 1', 'RUN echo v 2'],
    ['RUN echo v 2', 'RUN echo v 3'],
    [undefined, 'RUN x'],
  ]);
  expect(pairs.every((pair) => pair.before && pair.after)).toBe(true);
});
