import { describe, expect, test } from 'vitest';
import type { BuildStep } from '../../../../contract/build.ts';
import type { Builder } from '../../../../contract/engine.ts';
import { BuildComparison } from '../../../../main/features/build-history/comparison/build-comparison.ts';
import type { MadeBuild } from '../../../../main/features/build-history/comparison/made-build.ts';

type Steps = [name: string, state: BuildStep['state']][];

/** A build as it was recorded; steps are `stage number instruction`, with `-` for a stage without a name. */
function made(builder: Builder, dockerfile: string, steps: Steps, more: Partial<MadeBuild> = {}): MadeBuild {
  const all = steps.map(([name, state], place): BuildStep => {
    const [, stage = '', number = '', instruction = ''] = /^(\S+) (\d+) (.*)$/.exec(name) ?? [];
    const needs = place > 0 && builder === 'buildkit' ? { needs: [String(place - 1)] } : {};
    return { id: String(place), stage: stage === '-' ? '' : stage, number: Number(number), instruction, state, ...needs };
  });
  return {
    id: builder,
    at: 0,
    progress: { builder, steps: all },
    dockerfile,
    inputs: {},
    argDigests: {},
    bases: {},
    engine: 'e',
    hasSucceeded: false,
    ...more,
  };
}

const nothingElse = { compare: () => ({ changes: [], total: 0, selected: 1, uncertain: 0 }), imageRemoved: false };

const explain = (before: MadeBuild, after: MadeBuild, evidence: Parameters<BuildComparison['explain']>[0] = nothingElse) =>
  Object.fromEntries(
    new BuildComparison(before, after)
      .explain(evidence)
      .steps.map(({ step, causes, follows }) => [after.progress.steps[Number(step)]?.instruction, { causes, follows }]),
  );

test('with an argument before the first FROM, the classic builder’s steps are still matched', () => {
  const text = (b: string) => `ARG V=1\nFROM base:$V\nRUN a\nRUN ${b}\nRUN c\n`;
  const steps = (b: string, state: BuildStep['state']): Steps => [
    ['- 1 FROM base:$V', 'cached'],
    ['- 2 RUN a', 'cached'],
    [`- 3 RUN ${b}`, state],
    ['- 4 RUN c', state],
  ];
  expect(explain(made('classic', text('b'), steps('b', 'cached')), made('classic', text('B'), steps('B', 'built')))).toEqual({
    'RUN B': { causes: [{ kind: 'instruction-changed', before: 'RUN b', after: 'RUN B' }], follows: [] },
    'RUN c': { causes: [], follows: ['2'] },
  });
});

test('in the classic builder, a stage continues where the one it begins with ended, whatever the case of its name', () => {
  const text = (v: string) => `FROM base AS Common\nENV V=${v}\nFROM common\nRUN a\n`;
  const steps = (v: string, state: BuildStep['state']): Steps => [
    ['Common 1 FROM base AS Common', 'cached'],
    [`Common 2 ENV V=${v}`, state],
    ['stage-1 1 FROM common', 'cached'],
    ['stage-1 2 RUN a', state],
  ];
  const explained = explain(made('classic', text('1'), steps('1', 'cached')), made('classic', text('2'), steps('2', 'built')));
  expect(explained['RUN a']).toEqual({ causes: [], follows: ['1'] });
});

test('steps that an ONBUILD of the base put before the Dockerfile’s are not mistaken for them', () => {
  const text = (b: string) => `FROM onbuild\nRUN a\nRUN ${b}\n`;
  const steps = (b: string, state: BuildStep['state']): Steps => [
    ['- 1 FROM onbuild', 'cached'],
    ['- 2 RUN trigger', 'cached'],
    ['- 3 RUN a', state],
    [`- 4 RUN ${b}`, state],
  ];
  const explained = explain(made('buildkit', text('b'), steps('b', 'built')), made('buildkit', text('B'), steps('B', 'built')));
  expect(explained['RUN a']?.causes).toMatchObject([{ kind: 'unknown' }]);
});

describe('with BuildKit', () => {
  const twice = (before: string, after: string, last: string, more: [Partial<MadeBuild>, Partial<MadeBuild>] = [{}, {}]) => {
    const steps = (state: BuildStep['state']): Steps => [
      ['- 1 FROM base', 'cached'],
      ['- 2 RUN first', 'cached'],
      [`- 3 ${last}`, state],
    ];
    const build = (text: string, state: BuildStep['state'], own: Partial<MadeBuild>) =>
      made('buildkit', `FROM base\nRUN first\n${text}`, steps(state), own);
    return (files = 0) =>
      explain(build(before, 'built', more[0]), build(after, 'built', more[1]), {
        imageRemoved: false,
        compare: () => ({ changes: [{ path: 'a', differences: [{ what: 'added' }] }], total: files, selected: files, uncertain: 0 }),
      })[last]?.causes;
  };

  test('spaces in a RUN and the order of variables are changes, not a lost cache', () => {
    expect(twice('RUN echo "a  b"\n', 'RUN echo "a b"\n', 'RUN echo "a b"')()).toMatchObject([{ kind: 'instruction-changed' }]);
    expect(twice('ENV A=1\nENV B=2\nRUN b\n', 'ENV B=2\nENV A=1\nRUN b\n', 'RUN b')()).toMatchObject([{ kind: 'instruction-changed' }]);
  });

  test('an argument that a variable hides is not a cause; one that a variable gets its value from is the only one named', () => {
    const hidden = 'ARG V=1\nENV V=fixed\nRUN b\n';
    const given: [Partial<MadeBuild>, Partial<MadeBuild>] = [{}, { inputs: { args: { V: '2' } } }];
    expect(twice(hidden, hidden, 'RUN b', given)()).toMatchObject([{ kind: 'cache-gone' }]);
    const used = 'ARG V=1\nENV V=$V\nRUN b\n';
    expect(twice(used, used, 'RUN b', given)()).toEqual([{ kind: 'arg-changed', name: 'V', before: '1', after: '2' }]);
  });

  test('if a line only takes its value from another, the other one is named', () => {
    const text = (value: string) => `ENV A=${value}\nENV C=$A/x\n`;
    const changed = [{ kind: 'instruction-changed', before: 'ENV A=1', after: 'ENV A=2', isAbove: true }];
    expect(twice(`${text('1')}RUN b\n`, `${text('2')}RUN b\n`, 'RUN b')()).toEqual(changed);
    expect(twice(`${text('1')}COPY a /$A\n`, `${text('2')}COPY a /$A\n`, 'COPY a /2')()).toEqual(changed);
  });

  test('if steps may be taken from other images than before, no cache is said to be gone', () => {
    const given: [Partial<MadeBuild>, Partial<MadeBuild>] = [{}, { inputs: { cacheFrom: ['a:1'] } }];
    expect(twice('RUN b\n', 'RUN b\n', 'RUN b', given)()).toEqual([{ kind: 'cache-sources', images: ['a:1'], isOnly: false }]);
    expect(twice('RUN b\n', 'RUN b\n', 'RUN b')()).toMatchObject([{ kind: 'cache-gone' }]);
  });

  test('a named platform is not a cause if the step above came from the cache and files changed', () => {
    const given: [Partial<MadeBuild>, Partial<MadeBuild>] = [{}, { inputs: { platform: 'linux/amd64', network: 'host' } }];
    expect(twice('COPY a /\n', 'COPY a /\n', 'COPY a /', given)(1)).toMatchObject([{ kind: 'files-changed' }]);
    expect(twice('COPY a /\n', 'COPY a /\n', 'COPY a /', given)()).toMatchObject([{ kind: 'option-changed', option: 'platform' }]);
  });

  test('the files of a step with new sources are not compared: others were sent', () => {
    const steps = (last: string): Steps => [
      ['- 1 FROM base', 'cached'],
      [`- 2 ${last}`, 'built'],
    ];
    const selections = (before: string, after: string, state: BuildStep['state'] = 'built') =>
      new BuildComparison(
        made('buildkit', `FROM base\n${before}\n`, [
          ['- 1 FROM base', 'cached'],
          [`- 2 ${before}`, state],
        ]),
        made('buildkit', `FROM base\n${after}\n`, steps(after)),
      ).selections.size;
    expect(selections('COPY a /', 'COPY a /b')).toBe(1);
    expect(selections('COPY a /', 'COPY b /')).toBe(0);
    expect(selections('RUN x', 'COPY b /')).toBe(0);
    expect(selections('COPY a /', 'COPY a /', 'cancelled')).toBe(0);
  });

  test('a step that BuildKit did not look at, as the one above it came from the cache, was finished if its build was', () => {
    const build = (state: BuildStep['state'], hasSucceeded: boolean) =>
      made(
        'buildkit',
        'FROM base\nCOPY a /\n',
        [
          ['- 1 FROM base', 'cached'],
          ['- 2 COPY a /', state],
        ],
        { hasSucceeded },
      );
    const changed = { compare: () => ({ changes: [], total: 1, selected: 1, uncertain: 0 }), imageRemoved: false };
    expect(explain(build('waiting', true), build('built', true), changed)['COPY a /']?.causes).toMatchObject([{ kind: 'files-changed' }]);
    expect(new BuildComparison(build('waiting', true), build('built', true)).selections.size).toBe(1);
    expect(explain(build('waiting', false), build('built', true))['COPY a /']?.causes).toEqual([{ kind: 'not-finished-before' }]);
  });

  test('a changed step that came from the cache of an older build is why the next step was built', () => {
    const build = (first: string) =>
      made('buildkit', `FROM base\nRUN ${first}\nRUN b\n`, [
        ['- 1 FROM base', 'cached'],
        [`- 2 RUN ${first}`, 'cached'],
        ['- 3 RUN b', 'built'],
      ]);
    expect(explain(build('one'), build('two'))).toEqual({
      'RUN b': { causes: [{ kind: 'instruction-changed', before: 'RUN one', after: 'RUN two', isAbove: true }], follows: [] },
    });
    expect(explain(build('one'), build('one'))).toMatchObject({ 'RUN b': { causes: [{ kind: 'cache-gone' }] } });
  });
});

test('in the classic builder, a proxy makes another RUN even if it sees no argument, and the proxy’s value is not shown', () => {
  const build = (state: BuildStep['state'], text: string, args?: Record<string, string>): MadeBuild =>
    made(
      'classic',
      text,
      text.split('\n').map((line, place): Steps[number] => [`- ${place + 1} ${line}`, place < 2 ? 'cached' : state]),
      { inputs: { ...(args && { args }) } },
    );
  const given = { HTTP_PROXY: 'http://me:secret@proxy' };
  const plain = 'FROM base\nENV A=1\nRUN a';
  expect(explain(build('cached', plain), build('built', plain, given))['RUN a']?.causes).toEqual([
    { kind: 'arg-changed', name: 'HTTP_PROXY' },
  ]);
  const seeing = 'FROM base\nARG A=1\nRUN a';
  expect(explain(build('cached', seeing), build('built', seeing, given))['RUN a']?.causes).toMatchObject([{ kind: 'cache-gone' }]);
});
