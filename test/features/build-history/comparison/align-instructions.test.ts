import { describe, expect, test } from 'vitest';
import { alignInstructions } from '../../../../main/features/build-history/comparison/align-instructions.ts';
import { type Instruction, readInstructions } from '../../../../main/foundation/dockerfile/read-instructions.ts';

const align = (before: string, after: string) => {
  const [old, now] = [readInstructions(before), readInstructions(after)];
  const { before: pairs, removedAbove } = alignInstructions(old, now);
  return {
    pairs: now.map((one) => [one.text, pairs.get(one)?.text]),
    removed: [...removedAbove].map(([one, gone]) => [one.text, gone.map(({ text }) => text)]),
  };
};

test('a changed line stands where the old one stood', () => {
  expect(align('FROM a\nRUN one\nRUN two\n', 'FROM a\nRUN one!\nRUN two\n').pairs).toEqual([
    ['FROM a', 'FROM a'],
    ['RUN one!', 'RUN one'],
    ['RUN two', 'RUN two'],
  ]);
});

test('a new line has no partner, a removed one is listed where it was', () => {
  const { pairs, removed } = align('FROM a\nRUN one\nCOPY x /\nRUN two\n', 'FROM a\nCOPY x /\nWORKDIR /w\nRUN two\n');
  expect(pairs).toEqual([
    ['FROM a', 'FROM a'],
    ['COPY x /', 'COPY x /'],
    ['WORKDIR /w', undefined],
    ['RUN two', 'RUN two'],
  ]);
  expect(removed).toEqual([['COPY x /', ['RUN one']]]);
});

test('stages are laid beside stages of the same name', () => {
  const { pairs } = align('FROM a AS x\nRUN one\nFROM b AS y\nRUN one\n', 'FROM b AS y\nRUN one\nFROM a AS x\nRUN one\n');
  expect(pairs.every(([now, before]) => now === before)).toBe(true);
});

test('a stage that was named otherwise, or got another number, is still laid beside itself', () => {
  const before = 'FROM a AS x\nRUN one\nFROM b\nRUN two\nRUN three\n';
  const renamed = align(before, before.replace('AS x', 'AS y')).pairs;
  expect(renamed.filter(([now]) => now?.startsWith('RUN')).every(([now, old]) => now === old)).toBe(true);
  const more = align(before, `FROM c AS new\nRUN zero\n${before}`).pairs;
  expect(Object.fromEntries(more)).toMatchObject({ 'RUN zero': undefined, 'RUN one': 'RUN one', 'RUN three': 'RUN three' });
});

test('a line that makes a step stays the same line, whatever was moved around it', () => {
  const { pairs, removed } = align('FROM a\nENV M=1\nRUN one\nARG WHO=x\nRUN $WHO\n', 'FROM a\nENV M=1\nARG WHO=x\nRUN one\nRUN $WHO\n');
  expect(pairs).toEqual([
    ['FROM a', 'FROM a'],
    ['ENV M=1', 'ENV M=1'],
    ['ARG WHO=x', undefined],
    ['RUN one', 'RUN one'],
    ['RUN $WHO', 'RUN $WHO'],
  ]);
  expect(removed).toEqual([['RUN $WHO', ['ARG WHO=x']]]);
});

describe('a stage without a name put first', () => {
  const before = 'FROM a\nENV M=1\nRUN one > /o\nFROM a\nCOPY --from=0 /o /\nRUN two\n';

  test('is new, and the others stay as they are', () => {
    const { pairs } = align(before, `FROM a\nRUN new > /o\n${before.replace('--from=0', '--from=1')}`);
    expect(pairs.slice(0, 2)).toEqual([
      ['FROM a', undefined],
      ['RUN new > /o', undefined],
    ]);
    expect(pairs.slice(2).map(([, old]) => old)).toEqual(['FROM a', 'ENV M=1', 'RUN one > /o', 'FROM a', 'COPY --from=0 /o /', 'RUN two']);
  });

  test('lines that name a stage by its number read the same if they mean the same', () => {
    const [old, now] = [readInstructions(before), readInstructions(`FROM b\n${before.replace('--from=0', '--from=1')}`)];
    const { before: pairs, readsSame } = alignInstructions(old, now);
    const copy = now.find(({ keyword }) => keyword === 'COPY') as Instruction;
    expect(readsSame(pairs.get(copy) as Instruction, copy)).toBe(true);
  });
});
