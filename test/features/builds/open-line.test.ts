import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { closeLine, continueLine, longestLine, noLine } from '../../../main/features/builds/open-line.ts';

/** All lines of an output that comes in pieces, including the last one. */
function linesOf(pieces: string[]): string[] {
  let open = noLine;
  const all: string[] = [];
  for (const piece of pieces) {
    const continued = continueLine(open, piece);
    open = continued.open;
    all.push(...continued.lines);
  }
  return [...all, closeLine(open)];
}

describe('continueLine', () => {
  test('lines are whole, wherever the pieces were cut', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: fc.constantFrom('a', '\n', '\r', '\u2028', 'ü') })), (pieces) => {
        expect(linesOf(pieces)).toEqual(pieces.join('').split('\n'));
      }),
      { seed: 19 },
    );
  });

  test('a line of 50 MB is cut and says so, and the next one is whole', () => {
    const piece = 'x'.repeat(32 * 1024);
    const pieces = Array.from({ length: 1600 }, () => piece);
    const [first = '', second] = linesOf([...pieces, '\nnext']);
    expect(first).toBe(`${'x'.repeat(longestLine)} … [cut here: the line has 52,363,264 more characters]`);
    expect(second).toBe('next');
  });

  test('no state grows with the line', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(40_000), { minLength: 1, maxLength: 20 }), (lengths) => {
        let open = noLine;
        for (const length of lengths) open = continueLine(open, 'x'.repeat(length)).open;
        expect(open.text.length).toBeLessThanOrEqual(longestLine);
        expect(open.text.length + open.lost).toBe(lengths.reduce((sum, length) => sum + length, 0));
      }),
      { seed: 20 },
    );
  });

  test('of a progress bar that redraws itself endlessly, the last state stays', () => {
    const frames = Array.from({ length: 10_000 }, (_, percent) => `\r${percent} of 9999 ${'#'.repeat(40)}`);
    const [drawn = ''] = linesOf(frames);
    expect(drawn.split('\r').at(-1)).toBe(`9999 of 9999 ${'#'.repeat(40)}`);
    expect(drawn.length).toBeLessThan(longestLine + 100);
    // even if one state is too long to be kept
    expect(linesOf(['x'.repeat(longestLine + 5), '\r', 'short'])).toEqual(['short']);
    expect(linesOf(['x'.repeat(longestLine + 5), '\r', '\nnext'])).toEqual([
      `${'x'.repeat(longestLine)} … [cut here: the line has 5 more characters]`,
      'next',
    ]);
  });

  test('no half character is left at the cut', () => {
    const [line = ''] = linesOf([`x${'😀'.repeat(longestLine)}`]);
    expect(line.isWellFormed()).toBe(true);
  });
});
