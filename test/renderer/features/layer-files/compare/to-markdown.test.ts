import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { FoundDifference } from '../../../../../contract/compare.ts';
import { code, toMarkdown } from '../../../../../renderer/features/layer-files/compare/to-markdown.ts';
import { madeImage, madeRow, madeSummary } from '../../../../support/layer-files/made-comparison.ts';

/** Code spans as CommonMark reads them: a run of backticks, up to the next of the same length. */
function withoutCode(line: string): { rest: string; spans: string[] } {
  const spans: string[] = [];
  let rest = '';
  for (let at = 0; at < line.length; ) {
    const run = /^`+/.exec(line.slice(at))?.[0];
    if (!run) {
      rest += line[at++];
      continue;
    }
    const from = at + run.length;
    const end = [...line.slice(from).matchAll(/`+/g)].find(([other]) => other.length === run.length);
    if (!end) {
      rest += run;
      at = from;
      continue;
    }
    const inner = line.slice(from, from + end.index);
    spans.push(/^ .* $/.test(inner) && /[^ ]/.test(inner) ? inner.slice(1, -1) : inner);
    at = from + end.index + run.length;
  }
  return { rest, spans };
}

const nasty = fc.oneof(
  fc.string({
    unit: fc.constantFrom('`', ' ', '|', '\\', '\n', '\r', '<', '@', '#', '*', '_', '[', ']', '(', ')', '!', 'a', '\u202e', '\u2028'),
  }),
  fc.string({ unit: 'binary' }),
);

test('whatever a name is, its code span ends where it ends, in one line', () => {
  fc.assert(
    fc.property(nasty, (name) => {
      const span = code(name);
      expect(span).not.toMatch(/[\p{Cc}\p{Bidi_Control}\u2028\u2029]/u);
      if (name === '') return;
      const { rest, spans } = withoutCode(`- ${span}: mode`);
      expect(rest).toBe('- : mode');
      expect(spans).toHaveLength(1);
      if (/^[\x20-\x7e]{1,399}$/.test(name)) expect(spans[0]).toBe(name);
    }),
    { numRuns: 2000, seed: 4 },
  );
});

const row = (path: string, more: Partial<FoundDifference> = {}): FoundDifference => ({ ...madeRow(more), path, name: path, ...more });

test('nothing that an image says stands outside of code, wherever it comes from', () => {
  fc.assert(
    fc.property(nasty, (name) => {
      const evil = `evil${name}evil`;
      const settings = { environment: [`${evil}=${evil}`], labels: { [evil]: evil }, user: evil };
      const markdown = toMarkdown({
        names: [evil, `${evil}2`],
        images: [
          madeImage({ name: evil, platform: evil }),
          madeImage({ name: `${evil}2`, platform: `${evil}2`, settings, layers: ['a', evil] }),
        ],
        summary: madeSummary({ files: { added: 2, changed: 1, removed: 0 }, addedIn: evil }),
        packages: {
          known: ['known', 'known'],
          totals: [1, 1],
          counts: { added: 0, changed: 1, removed: 0 },
          rows: [{ manager: 'dpkg', name: evil, change: 'changed', versions: [[evil], [evil, 'x']] }],
          total: 1,
        },
        files: [row(evil), row(evil, { change: 'added', aspects: [] })],
        total: 2,
      });
      for (const line of markdown.split('\n')) expect(withoutCode(line).rest).not.toMatch(/evil/);
    }),
    { numRuns: 500, seed: 6 },
  );
});

test('however much differs, it is no more than the clipboard takes, and no span is cut', () => {
  const long = '`'.repeat(390);
  const labels = Object.fromEntries(Array.from({ length: 500 }, (_, at) => [`${at}${long}`, long]));
  const markdown = toMarkdown({
    names: ['a', 'b'],
    images: [madeImage(), madeImage({ settings: { labels } })],
    summary: madeSummary({ files: { added: 0, changed: 200, removed: 0 } }),
    packages: {
      known: ['known', 'known'],
      totals: [0, 9000],
      counts: { added: 9000, changed: 0, removed: 0 },
      rows: Array.from({ length: 9000 }, (_, at) => ({
        manager: 'apk' as const,
        name: `p${at}`,
        change: 'added' as const,
        versions: [[], ['1']],
      })),
      total: 9000,
    },
    files: [row('/short')],
    total: 200,
  });
  expect(markdown.length).toBeLessThan(81_000);
  expect(markdown).toContain('- and 199 more');
  expect(markdown).toContain('- and 8,800 more');
  expect(markdown).toMatch(/The rest is left out, as it would be too long\.\n$/);
  for (const line of markdown.split('\n')) expect(withoutCode(line).rest).not.toContain('`');
});

test('a whole comparison reads well', () => {
  const markdown = toMarkdown({
    names: ['2.3.0', '2.3.1'],
    images: [
      madeImage({ name: 'acme/shop:2.3.0', layers: ['a', 'b'] }),
      madeImage({ name: 'acme/shop:2.3.1', layers: ['a', 'c'], settings: { environment: ['API_TOKEN=x', 'MODE=late'], user: '7' } }),
    ],
    summary: madeSummary({
      files: { added: 1, changed: 1, removed: 1 },
      onlyTimes: 4,
      totals: [
        { files: 5, bytes: 1000 },
        { files: 6, bytes: 1026 },
      ],
    }),
    packages: {
      known: ['known', 'known'],
      totals: [1, 1],
      counts: { added: 0, changed: 1, removed: 0 },
      rows: [{ manager: 'dpkg', name: 'curl', change: 'changed', versions: [['8.1'], ['8.2']] }],
      total: 1,
    },
    files: [
      row('/app/run', { aspects: ['mode'], facts: [madeRow().facts[0], { ...madeRow().facts[0], mode: 0o755 } as never] }),
      row('/new', { change: 'added', aspects: [], facts: [undefined, madeRow().facts[0]] }),
    ],
    total: 3,
  }).replaceAll('\u00a0', ' ');
  expect(markdown).toBe(`**\`2.3.1\` is 26 B larger: 1 package updated, 1 file added, 1 changed, 1 removed, 3 settings changed.**

- First: \`acme/shop:2.3.0\`, \`linux/amd64\`, 2 layers, 1.0 kB in 5 files
- Second: \`acme/shop:2.3.1\`, \`linux/amd64\`, 2 layers, 1.0 kB in 6 files
- 1 layer in common; then they diverge:
  - first: \`RUN make b\`
  - second: \`RUN make c\`

## Files

1 added, 1 changed, 1 removed.
4 more differ by their time alone.

- changed \`/app/run\`: mode 644 → 755, can now be run
- added \`/new\` (+10 B)
- and 1 more

## Packages

- \`curl\`: \`8.1\` → \`8.2\`

## Settings

- Runs as: not set → \`7\`
- Environment \`API_TOKEN\`: not set → a value that isn’t copied, as its name sounds like a secret
- Environment \`MODE\`: not set → \`late\`
`);
});
