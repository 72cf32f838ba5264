import fc from 'fast-check';
import { expect, test } from 'vitest';
import { plainText } from '../../../renderer/ui/AnsiText.tsx';
import { keepColours } from '../../../renderer/ui/ansi-codes.ts';

const e = '\u001b';

test.each([
  [`${e}]8;;https://example.com${e}\\a link${e}]8;;${e}\\ and text`, 'a link and text'],
  [`${e}]8;;https://example.com\u0007a link${e}]8;;\u0007`, 'a link'],
  [`${e}]0;a title${e}\\text`, 'text'],
  [`${e}[2K${e}[1Gtext${e}[?25h`, 'text'],
  [`${e}(Btext${e}7${e}8${e}M`, 'text'],
  [`${e}P1$r0m${e}\\text`, 'text'],
  [`${e}[38:2::255:0:0mred${e}[0m`, 'red'],
  [`${e}[4:3mcurly${e}[4:0m`, 'curly'],
  [`${e}[58:2::1:2:3mtext`, 'text'],
  [`text${e}`, 'text'],
  [`text${e}[38;5`, 'text'],
  [`text${e}]8;;http`, 'text'],
])('%j reads %s', (line, text) => {
  expect(plainText(line)).toBe(text);
});

test.each([
  [`${e}[38:2::255:0:1mx`, `${e}[38;2;255;0;1mx`],
  [`${e}[38:2:255:0:1mx`, `${e}[38;2;255;0;1mx`],
  [`${e}[1;48:5:7;4:3mx`, `${e}[1;48;5;7;4mx`],
  [`${e}[mx`, `${e}[mx`],
  [`${e}[58:5:3mx`, 'x'],
])('the colours of %j stay', (line, kept) => {
  expect(keepColours(line)).toBe(kept);
});

test('no part of a sequence is left, and no part of the text is lost', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'b', ' ', 'ü', '[', ';', '1') });
  const sequence = fc.constantFrom(
    `${e}[1m`,
    `${e}[0m`,
    `${e}[2K`,
    `${e}]8;;x${e}\\`,
    `${e}]0;t\u0007`,
    `${e}[38:5:1m`,
    `${e}(B`,
    `${e}_x${e}\\`,
  );
  fc.assert(
    fc.property(fc.array(fc.tuple(sequence, text)), (parts) => {
      expect(plainText(parts.flat().join(''))).toBe(parts.map(([, own]) => own).join(''));
    }),
    { seed: 26 },
  );
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(e, '[', ']', '\\', 'm', ';', ':', '3', '8', '\u0007', 'a') }), (any) => {
      expect(plainText(any)).not.toContain(e);
    }),
    { seed: 27 },
  );
});
