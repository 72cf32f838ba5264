// The hosts file, as text with a character for each byte: what isn't Layerdeck's line stays as it is, whatever it is written in.

/** By this comment Layerdeck knows its own line. */
const mark = "# Layerdeck's registry";

/** The line that leads a name to this computer. */
export const lineFor = (name: string): string => `127.0.0.1 ${name} ${mark}`;

const ownLine = /^127\.0\.0\.1[ \t]+(\S+)[ \t]+# Layerdeck's registry[ \t]*\r?$/;

/** The name that Layerdeck's line leads to this computer; undefined if there is no such line. */
export const nameIn = (text: string): string | undefined =>
  text
    .split('\n')
    .map((line) => ownLine.exec(line)?.[1])
    .findLast((name) => name !== undefined);

/** The same text with the line for a name, in place of the one before. A last line without an end gets no end either. */
export function withName(text: string, name: string): string {
  const others = withoutName(text);
  const end = others.includes('\r\n') ? '\r\n' : '\n';
  if (others !== '' && !others.endsWith('\n')) return `${others}${end}${lineFor(name)}`;
  return `${others}${lineFor(name)}${end}`;
}

/** The same text without Layerdeck's line. */
export function withoutName(text: string): string {
  const lines = text.split('\n');
  const kept = lines.filter((line) => !ownLine.test(line));
  if (kept.length === lines.length) return text;
  const isLast = ownLine.test(lines.at(-1) ?? '');
  const rest = kept.join('\n');
  // where the last line had no end, neither had the one before it
  return isLast ? rest.replace(/\r$/, '') : rest;
}

/** Another line that has the name already. `number` counts from 1. */
export function otherLineWith(text: string, name: string): { number: number; address: string } | undefined {
  for (const [index, line] of text.split('\n').entries()) {
    if (ownLine.test(line)) continue;
    const [address, ...names] = line.replace(/#.*/, '').trim().toLowerCase().split(/\s+/);
    if (address && names.includes(name)) return { number: index + 1, address };
  }
  return undefined;
}
