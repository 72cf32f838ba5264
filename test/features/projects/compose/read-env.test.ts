// biome-ignore-all lint/suspicious/noTemplateCurlyInString: that is what variables look like in these files
import { expect, test } from 'vitest';
import { readEnv, UnreadableEnv } from '../../../../main/features/projects/compose/read-env.ts';

const read = (text: string, outer?: Record<string, string>) => Object.fromEntries(readEnv(text, (name) => outer?.[name]));

test('reads names and values as Compose does', () => {
  const text = `\uFEFF# first\nexport A=one\n B = two # why\nC: three#four\r\nD='$A "x"'\nE="a\\tb $A \\$A \\x"\nF=\${A}-\${NONE:-d}\nG="two\nlines"\n1X=1\nH=\n`;
  expect(read(text)).toEqual({
    A: 'one',
    B: 'two',
    C: 'three#four',
    D: '$A "x"',
    E: 'a\tb one $A \\x',
    F: 'one-d',
    G: 'two\nlines',
    H: '',
  });
});

test('a name alone takes its value from outside, and values from outside count inside', () => {
  expect(read('A\nB\nC=$A\nA=2\nD=$A\n', { A: '1' })).toEqual({ A: '2', C: '1', D: '1' });
});

test.each([
  ['A=1\nB="open\n', 2],
  ['A b=1\n', 1],
  ['\n\nA!=1\n', 3],
  ['A=${', 1],
  [
    `A=${'x'.repeat(300)}\n${Array.from({ length: 30 }, (_, place) => `V${place}=${place ? `$V${place - 1}$V${place - 1}` : '$A$A'}`).join('\n')}`,
    8,
  ],
])('says which line it cannot read', (text, line) => {
  expect(() => read(text)).toThrow(UnreadableEnv);
  try {
    read(text);
  } catch (error) {
    expect((error as UnreadableEnv).line).toBe(line);
  }
});
