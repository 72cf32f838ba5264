// biome-ignore-all lint/suspicious/noTemplateCurlyInString: that is what variables look like in these files
import { expect, test } from 'vitest';
import { SubstitutionError, substitute } from '../../../../main/features/projects/compose/substitute.ts';

const values: Record<string, string> = { A: 'one', EMPTY: '', B: 'two' };
const lookup = (name: string) => values[name];

test.each([
  ['$A-${B}', 'one-two'],
  ['$$A $${B}', '$A ${B}'],
  ['${NONE:-x} ${NONE-x} ${EMPTY:-x} ${EMPTY-x}', 'x x x '],
  ['${A:+x} ${A+x} ${EMPTY:+x} ${EMPTY+x} ${NONE:+x}${NONE+x}', 'x x  x '],
  ['${NONE:-${B:-x}}/${NONE:-$A}', 'two/one'],
  ['${NONE:-{x}}', '{x}'],
  ['${A:?why} ${A?why}', 'one one'],
  ['100$ and $1', '100$ and $1'],
])('%s becomes %s', (text, expected) => {
  expect(substitute(text, lookup)).toBe(expected);
});

test('names what has no value and no default', () => {
  const unset: string[] = [];
  expect(substitute('a$NONE${OTHER}${THIRD:-x}${FOURTH+x}', lookup, (name) => unset.push(name))).toBe('ax');
  expect(unset).toEqual(['NONE', 'OTHER']);
});

test.each([
  ['${NONE:?say ${B}}', { kind: 'required', variable: 'NONE', message: 'say two' }],
  ['${EMPTY:?}', { kind: 'required', variable: 'EMPTY', message: '' }],
  ['x ${', { kind: 'malformed', text: 'x ${' }],
  ['${}', { kind: 'malformed', text: '${}' }],
  ['${1}', { kind: 'malformed', text: '${1}' }],
  [`$A${'x'.repeat(20_001)}`, { kind: 'too-long' }],
  ['$A'.repeat(9_999), { kind: 'too-long' }],
])('refuses %s', (text, problem) => {
  try {
    expect(substitute(text, lookup)).toBe('never');
  } catch (error) {
    expect((error as SubstitutionError).problem).toEqual(problem);
  }
});

test('takes variables inside each other, up to a hundred', () => {
  const nested = (depth: number) => `${'${NONE:-'.repeat(depth)}x${'}'.repeat(depth)}`;
  expect(substitute(nested(100), lookup)).toBe('x');
  expect(() => substitute(nested(200), lookup)).toThrow(SubstitutionError);
});
