import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bytesInLine, hexLine } from '../../../../renderer/features/layer-files/hex-lines.ts';
import { textPart } from '../../../../renderer/features/layer-files/text-part.ts';

/** Reads a text as the window does: piece by piece, each beginning where the one before said. */
function readBy(length: number, text: string): { number?: number; text: string }[] {
  const bytes = new TextEncoder().encode(text);
  const lines: { number?: number; text: string }[] = [];
  let [offset, line] = [0, 1];
  while (offset < bytes.length) {
    const part = textPart(bytes.subarray(offset, offset + length), line, offset + length >= bytes.length);
    lines.push(...part.lines);
    expect(part.used).toBeGreaterThan(0);
    offset += part.used;
    line = part.nextLine;
  }
  return lines;
}

test('however a text is cut, its lines are the same, with their true numbers', () => {
  const line = fc.string({ unit: fc.constantFrom('a', 'ü', '→', '🦊', ' '), maxLength: 6 });
  fc.assert(
    fc.property(fc.array(line, { maxLength: 12 }), fc.integer({ min: 40, max: 80 }), (lines, length) => {
      const text = lines.map((one) => `${one}\n`).join('');
      expect(readBy(length, text)).toEqual(lines.map((one, at) => ({ number: at + 1, text: one })));
    }),
  );
});

test('a line that is longer than all that came loses no letter', () => {
  const long = '→'.repeat(100);
  const read = readBy(50, long);
  expect(read.map(({ text }) => text).join('')).toBe(long);
  expect(read.every(({ number }) => number === 1)).toBe(true);
});

test('long lines go on without a number, and tabs lead to the next column', () => {
  const { lines, nextLine } = textPart(new TextEncoder().encode(`${'x'.repeat(2500)}\r\n\ta\tb`), 7, true);
  expect(lines.map(({ number, text }) => [number, text.length])).toEqual([
    [7, 1000],
    [undefined, 1000],
    [undefined, 500],
    [8, 9],
  ]);
  expect(lines.at(-1)?.text).toBe('    a   b');
  expect(nextLine).toBe(8);
});

test('bytes stand in lines of sixteen', () => {
  const bytes = Uint8Array.from({ length: 20 }, (_, at) => at + 0x3a);
  expect(hexLine(bytes, 0, 0x100)).toEqual({
    at: '00000100',
    hex: '3a 3b 3c 3d 3e 3f 40 41  42 43 44 45 46 47 48 49',
    letters: ':;<=>?@ABCDEFGHI',
  });
  const last = hexLine(bytes, 1, 0x100);
  expect(last.at).toBe('00000110');
  expect(last.hex.trim()).toBe('4a 4b 4c 4d');
  expect(last.hex.length).toBe(bytesInLine * 3);
});
