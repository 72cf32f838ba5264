/** How many characters of a line are kept. A step may print gigabytes without a line break. */
export const longestLine = 64 * 1024;

/** A line of output that has not ended yet, and how many of its characters were dropped. */
export type OpenLine = { text: string; lost: number };

export const noLine: OpenLine = { text: '', lost: 0 };

/**
 * Continues a line and returns the lines that this completes. Pure; looks at every character only once, however long the line
 * is, and keeps a bounded part of it.
 */
export function continueLine(open: OpenLine, output: string): { open: OpenLine; lines: string[] } {
  const [first = '', ...more] = output.split('\n');
  const lines: string[] = [];
  let now = append(open, first);
  for (const next of more) {
    lines.push(closeLine(now));
    now = append(noLine, next);
  }
  return { open: now, lines };
}

/** The line as it is shown; one that was cut says so. */
export const closeLine = ({ text, lost }: OpenLine): string =>
  lost === 0 ? text : `${text.replace(/\r$/, '')} … [cut here: the line has ${lost.toLocaleString('en')} more characters]`;

function append({ text, lost }: OpenLine, piece: string): OpenLine {
  if (lost === 0 && text.length + piece.length <= longestLine) return { text: text + piece, lost };
  // the usual case for a line that never ends: look no further
  if (lost > 0 && !text.endsWith('\r') && !piece.includes('\r')) return { text, lost: lost + piece.length };
  const whole = text + piece;
  // a progress bar draws over itself: only its last state is meant to stay
  const drawnOver = lastReturn(whole);
  return drawnOver < 0 ? clip(whole, lost) : clip(whole.slice(drawnOver + 1), 0);
}

/** The position of the last carriage return that has text after it; -1 if there is none. */
function lastReturn(text: string): number {
  let end = text.length;
  while (text[end - 1] === '\r') end--;
  return text.slice(0, end).lastIndexOf('\r');
}

function clip(text: string, lost: number): OpenLine {
  if (text.length <= longestLine) return { text, lost };
  // never cut a surrogate pair in half
  const end = /[\uD800-\uDBFF]/.test(text[longestLine - 1] ?? '') ? longestLine - 1 : longestLine;
  // the next text may draw over all of it
  const ending = text.endsWith('\r') ? '\r' : '';
  return { text: text.slice(0, end) + ending, lost: lost + text.length - end - ending.length };
}
