import fc from 'fast-check';
import { common, createLowlight } from 'lowlight';
import { describe, expect, test } from 'vitest';
import { languageOf } from '../../../../../renderer/features/layer-files/highlight/language-of.ts';
import { lineParts } from '../../../../../renderer/features/layer-files/highlight/line-parts.ts';
import { marksOfLine, markText } from '../../../../../renderer/features/layer-files/highlight/mark-text.ts';

const lowlight = createLowlight(common);
const marked = (language: string, ...texts: string[]) => {
  const lines = texts.map((text) => ({ text: text.replace(/^…/, ''), goesOn: text.startsWith('…') }));
  const marks = markText(lowlight, language, lines);
  return lines.map(({ text }, at) => marksOfLine(marks, at).map(({ from, to, kind }) => `${kind}: ${text.slice(from, to)}`));
};

test('the language is known by the name, the place or the first line, and otherwise not at all', () => {
  const cases: [path: string, firstLine: string, language: string | undefined][] = [
    ['/app/server.js', '', 'javascript'],
    ['/etc/nginx/conf.d/Default.conf', '', 'nginx'],
    ['/etc/apache2/sites-enabled/000.conf', '', 'apache'],
    ['/etc/php.conf', '', 'ini'],
    ['/src/Dockerfile', '', 'dockerfile'],
    ['/src/Dockerfile.dev', '', 'dockerfile'],
    ['/root/.bashrc', '', 'bash'],
    ['/usr/bin/tool', '#!/usr/bin/env python3', 'python'],
    ['/usr/bin/tool', '#!/usr/bin/env -S node --no-warnings', 'javascript'],
    ['/usr/bin/tool', '#! /bin/sh -e', 'bash'],
    ['/usr/bin/tool', '#!/opt/own/thing', undefined],
    ['/usr/share/doc/copyright', 'Format: https://…', undefined],
    ['/etc/passwd', 'root:x:0:0', undefined],
    ['/etc/resolv.conf', '', undefined],
    ['/constructor', '', undefined],
    ['/x.constructor', '#!/bin/__proto__', undefined],
  ];
  expect(cases.map(([path, firstLine]) => languageOf(path, firstLine))).toEqual(cases.map(([, , language]) => language));
});

describe('parts of a text', () => {
  test('a comment over several lines, and a long line that goes on in the next', () => {
    expect(marked('javascript', 'const a = 1; /* begins', 'goes on', 'ends */ f("x")')).toEqual([
      ['keyword: const', 'number: 1', 'comment: /* begins'],
      ['comment: goes on'],
      ['comment: ends */', 'name: f', 'string: "x"'],
    ]);
    expect(marked('json', '{"key": "val', '…ue"}')).toEqual([['name: "key"', 'string: "val'], ['string: ue"']]);
  });

  test('whatever a text is, its parts are within their lines, in order, and never over each other', () => {
    const words = fc.constantFrom('/*', '*/', '"', "'", '`', '#', '\\', '${', '}', '<', '>', 'if', '12', ' ', '-- ', 'é', '😀', 'x');
    const text = fc.array(words, { maxLength: 12 }).map((all) => all.join(''));
    const lines = fc.array(fc.record({ text, goesOn: fc.boolean() }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(fc.constantFrom('javascript', 'bash', 'xml', 'yaml', 'python', 'ini'), lines, text, (language, all, query) => {
        const marks = markText(lowlight, language, all);
        for (const [at, line] of all.entries()) {
          const found = marksOfLine(marks, at);
          for (const [place, { from, to }] of found.entries()) {
            expect(from).toBeGreaterThanOrEqual(found[place - 1]?.to ?? 0);
            expect(to).toBeGreaterThan(from);
            expect(to).toBeLessThanOrEqual(line.text.length);
          }
          // cut at any search, the line is whole
          const parts = lineParts(line.text, query, marks, at);
          expect(parts.map(({ from, to }) => line.text.slice(from, to)).join('')).toBe(line.text);
        }
      }),
      { seed: 7, numRuns: 400 },
    );
  });
});

test('what is searched for is marked, also across parts of other colours', () => {
  const lines = [{ text: 'x = "axb"', goesOn: false }];
  const marks = markText(lowlight, 'python', lines);
  const shown = lineParts('x = "axb"', 'X', marks, 0).map(({ from, to, kind, isMatch }) => ['x = "axb"'.slice(from, to), kind, isMatch]);
  expect(shown).toEqual([
    ['x', undefined, true],
    [' = ', undefined, false],
    ['"a', 'string', false],
    ['x', 'string', true],
    ['b"', 'string', false],
  ]);
  expect(lineParts('', 'x', undefined, 0)).toEqual([]);
});
