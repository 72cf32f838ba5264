/** The most letters in a line of the page; longer lines go on in the next, as their layout would hold the window up. */
const mostInLine = 1000;

/** `number` is absent where a long line goes on. */
export type TextLine = { number?: number; text: string };

/** Some whole lines of a text. `used`: bytes of them; the next part begins there, with the line `nextLine`. */
export type TextPart = { lines: TextLine[]; used: number; nextLine: number };

/** Makes lines of bytes that begin with the line `first`. Unless they are the last, they may end anywhere: what follows the last end of line is left. */
export function textPart(bytes: Uint8Array, first: number, isLast: boolean): TextPart {
  const end = isLast ? bytes.length : endOfLines(bytes);
  const texts = new TextDecoder().decode(bytes.subarray(0, end)).split('\n');
  const nextLine = first + texts.length - 1;
  if (texts.at(-1) === '') texts.pop();
  const lines: TextLine[] = [];
  for (const [at, text] of texts.entries()) {
    const line = withoutTabs(text.endsWith('\r') ? text.slice(0, -1) : text);
    lines.push({ number: first + at, text: line.slice(0, mostInLine) });
    for (let from = mostInLine; from < line.length; from += mostInLine) lines.push({ text: line.slice(from, from + mostInLine) });
  }
  return { lines, used: end, nextLine };
}

/** After the last end of line; in a line longer than all of the bytes, before a letter that was cut. */
function endOfLines(bytes: Uint8Array): number {
  const end = bytes.lastIndexOf(0x0a) + 1;
  if (end > 0) return end;
  let whole = bytes.length;
  while (whole > 0 && whole > bytes.length - 4 && ((bytes[whole - 1] ?? 0) & 0xc0) === 0x80) whole--;
  return whole > 1 && (bytes[whole - 1] ?? 0) >= 0xc0 ? whole - 1 : bytes.length;
}

/** A line by itself, without its end, and no longer than a page can bear. */
export const shownLine = (line: string): string => withoutTabs(line.replace(/\r?\n$/, '')).slice(0, mostInLine);

// to the next column of four, as editors do
function withoutTabs(line: string): string {
  if (!line.includes('\t')) return line;
  let shown = '';
  for (const part of line.split(/(\t)/)) shown += part === '\t' ? ' '.repeat(4 - (shown.length % 4)) : part;
  return shown;
}
