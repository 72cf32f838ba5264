import { expect, it } from 'vitest';
import { plainParts } from '../../../renderer/ui/plain-parts.ts';

it.each([
  ['/bin/sh \u202egnp.exe', ['/bin/sh ', '<U+202E>', 'gnp.exe']],
  ['A=1\nB=2', ['A=1', '<line break>', 'B=2']],
  ['a\tb\u0000\u001b[31mc\u0085', ['a', '<tab>', 'b', '<U+0000>', '<U+001B>', '[31mc', '<U+0085>']],
  ['a\u2066b\u2069\ufeff', ['a', '<U+2066>', 'b', '<U+2069>', '<U+FEFF>']],
  ['مرحبا 👩‍💻', ['مرحبا 👩‍💻']],
  ['', []],
])('%j hides nothing', (text, parts) =>
  expect(plainParts(text, false).map(({ text: part, name }) => (name ? `<${name}>` : part))).toEqual(parts),
);

it('keeps the line breaks of a step', () =>
  expect(
    plainParts('a\nb', true)
      .map(({ text }) => text)
      .join(''),
  ).toBe('a\nb'));
