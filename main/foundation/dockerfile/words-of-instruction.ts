import type { Instruction as ParsedInstruction } from 'dockerfile-ast';

/** The text as a builder joins the lines: without continuations and comments in between, and with every space. */
export const exactly = (parsed: ParsedInstruction): string =>
  parsed
    .getTextContent()
    .split(/\r?\n/)
    .filter((line, place) => place === 0 || !/^\s*#/.test(line))
    .map((line) => line.replace(/[\\`][ \t]*$/, ''))
    .join('')
    .trim();

/** The text on one line: without continuations and comments in between, and with single spaces. */
export const inOneLine = (parsed: ParsedInstruction): string => {
  const [first = '', ...more] = parsed.getTextContent().split(/\r?\n/);
  const isHeredoc = /<<-?["']?\w+/.test(first);
  if (isHeredoc) return [first, ...more].join('\n').trim();
  return [first, ...more.filter((line) => !/^\s*#/.test(line))]
    .map((line) => line.replace(/[\\`]\s*$/, ' '))
    .join(' ')
    .replace(/\s+/g, ' ')
    .trim();
};
