import type { CompareSummary, FoundDifference } from '../../../../contract/compare.ts';
import { isSecretName } from '../../../../contract/secret-name.ts';
import { bytes, count, grouped } from '../../../ui/format.ts';
import { changeSentence, differenceWords } from './difference-words.ts';
import { layerFork } from './layer-fork.ts';
import { type SettingDifference, settingDifferences } from './setting-differences.ts';
import { type Compared, verdict } from './verdict.ts';

type Told = Compared & {
  /** The first of what differs. */
  files: FoundDifference[];
  /** How many there are. */
  total: number;
};

/** The most letters of a value; a label may be a whole document. */
const longest = 400;
/** The most lines of a list, and letters in all: nobody pastes more, and the clipboard takes 100,000. */
const [mostLines, mostLetters] = [200, 80_000];

/**
 * A comparison as Markdown, to be pasted where people talk. Everything that an image says stands in code spans, in lists and never in tables:
 * no name can begin a heading, a link or a mention, or end its cell. Values of variables and labels that sound like secrets stay behind.
 */
export function toMarkdown(told: Told): string {
  const { names, images, summary, packages, files, total } = told;
  const [first, second] = images;
  const { common, first: next, second: otherNext } = layerFork(first.layers, second.layers);
  const settings = settingDifferences(first, second);
  const lines = [`**${verdictInMarkdown(told)}**`, ''];
  for (const [at, image] of images.entries()) {
    const size = summary ? `, ${bytes(summary.totals[at]?.bytes ?? 0)} in ${count(summary.totals[at]?.files ?? 0, 'file')}` : '';
    lines.push(
      `- ${at === 0 ? 'First' : 'Second'}: ${code(image.name)}, ${code(image.platform)}, ${count(image.layers.length, 'layer')}${size}`,
    );
  }
  lines.push(`- ${count(common, 'layer')} in common${next || otherNext ? '; then they diverge:' : ''}`);
  for (const [word, layer] of [
    ['first', next],
    ['second', otherNext],
  ] as const)
    if (layer) lines.push(`  - ${word}: ${layer.instruction ? code(layer.instruction) : 'unknown step'}`);
  if (summary) lines.push('', ...fileLines(summary, files, total, names));
  if (packages && packages.total > 0) {
    lines.push('', '## Packages', '');
    const shown = packages.rows.slice(0, mostLines);
    lines.push(...shown.map(({ name, versions }) => `- ${code(name)}: ${versions.map(versionWords).join(' → ')}`));
    if (packages.total > shown.length) lines.push(`- and ${grouped(packages.total - shown.length)} more`);
  }
  if (settings.length > 0) lines.push('', '## Settings', '', ...settings.slice(0, mostLines).map(settingLine));
  if (settings.length > mostLines) lines.push(`- and ${grouped(settings.length - mostLines)} more`);
  return shortened(lines);
}

/** Whole lines only: half a code span would take in what is pasted after it. */
function shortened(lines: string[]): string {
  let letters = 0;
  const end = lines.findIndex((line) => {
    letters += line.length + 1;
    return letters > mostLetters;
  });
  const kept = end < 0 ? lines : [...lines.slice(0, end), '', 'The rest is left out, as it would be too long.'];
  return `${kept.join('\n')}\n`;
}

function fileLines({ files, onlyTimes }: CompareSummary, rows: FoundDifference[], total: number, names: [string, string]): string[] {
  const { added, changed, removed } = files;
  const lines = ['## Files', '', `${grouped(added)} added, ${grouped(changed)} changed, ${grouped(removed)} removed.`];
  if (onlyTimes > 0) lines.push(`${grouped(onlyTimes)} more differ by their time alone.`);
  if (rows.length > 0) lines.push('');
  for (const row of rows) {
    const size = row.kind === 'folder' ? '' : sizeWords(row);
    const how = row.change === 'changed' ? `: ${changeSentence(row, names).toLowerCase()}` : size;
    lines.push(`- ${row.change ?? 'changed'} ${code(row.path)}${how}`);
  }
  if (total > rows.length) lines.push(`- and ${grouped(total - rows.length)} more`);
  return lines;
}

/** The sentence, with everything in it that an image says in code spans. */
function verdictInMarkdown({ names, images, summary, packages }: Compared): string {
  const said: string[] = [];
  // signs of nobody's stand for it meanwhile
  const sign = (text: string): string => String.fromCharCode(0xe000 + said.push(text) - 1);
  const [first, second] = images;
  const platforms = first.platform === second.platform ? [sign(first.platform)] : [sign(first.platform), sign(second.platform)];
  const words = verdict({
    names: [sign(names[0]), sign(names[1])],
    images: [
      { ...first, platform: platforms[0] ?? '' },
      { ...second, platform: platforms.at(-1) ?? '' },
    ],
    summary: summary && { ...summary, ...(summary.addedIn !== undefined && { addedIn: sign(summary.addedIn) }) },
    packages,
  });
  return `${words.replace(/[\ue000-\ue0ff]/g, (one) => code(said[one.charCodeAt(0) - 0xe000] ?? ''))}.`;
}

const sizeWords = ({ facts: [first, second] }: FoundDifference): string =>
  ` (${differenceWords(first?.size ?? 0, second?.size ?? 0) || 'empty'})`;

const versionWords = (versions: string[]): string => (versions.length === 0 ? 'not there' : versions.map(code).join(', '));

function settingLine({ setting, key, first, second }: SettingDifference): string {
  const isSecret = key !== undefined && isSecretName(key);
  const value = (text: string | undefined) =>
    text === undefined
      ? 'not set'
      : text === ''
        ? 'set'
        : isSecret
          ? 'a value that isn’t copied, as its name sounds like a secret'
          : code(text);
  return `- ${setting}${key === undefined ? '' : ` ${code(key)}`}: ${value(first)} → ${value(second)}`;
}

/** A code span that ends nowhere else than at its end, whatever is in it. */
export function code(text: string): string {
  const shown = visible(text);
  const cut = shown.length > longest ? `${shown.slice(0, longest)}…` : shown;
  const fence = '`'.repeat(Math.max(0, ...[...cut.matchAll(/`+/g)].map(([run]) => run.length)) + 1);
  // one space on either side is not part of it, unless it is nothing but spaces
  const padding = /^[` ]|[` ]$/.test(cut) && /[^ ]/.test(cut) ? ' ' : '';
  return cut === '' ? '(empty)' : `${fence}${padding}${cut}${padding}${fence}`;
}

/** Without what breaks a line or can't be seen, which stands there by its number. */
const visible = (text: string): string =>
  text.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);
