import { FailureError } from '../failures/failure.ts';

/**
 * Splits a typed command into words for CMD's exec form. A JSON list is used as it is. Quotes and backslashes work as in a shell;
 * a command that needs a shell, such as `a && b` or `$HOME`, is passed to one. Empty if nothing is typed.
 */
export function splitCommand(typed: string): string[] {
  const command = typed.trim();
  const list = listOf(command);
  if (list) return list;
  const words = splitWords(command);
  return needsShell(command) ? ['/bin/sh', '-c', command] : words;
}

function listOf(command: string): string[] | undefined {
  if (!command.startsWith('[')) return undefined;
  try {
    const list: unknown = JSON.parse(command);
    return Array.isArray(list) && list.every((word) => typeof word === 'string') ? list : undefined;
  } catch {
    return undefined;
  }
}

// outside single quotes: variables and substitutions; outside all quotes: pipes, lists, globs, comments
function needsShell(command: string): boolean {
  const withoutSingle = command.replace(/\\.|'[^']*'/gs, '');
  return /[$`]/.test(withoutSingle) || /[|&;<>()*?~#\n]/.test(withoutSingle.replace(/"[^"]*"/g, ''));
}

function splitWords(command: string): string[] {
  const pieces = /"((?:[^"\\]|\\.)*)"|'([^']*)'|\\(.)|([^\s"'\\]+)|(\s+)|(.)/gs;
  const words: string[] = [];
  let word: string | undefined;
  for (const [, double, single, escaped, bare, gap, odd] of command.matchAll(pieces)) {
    if (odd !== undefined) throw unclosed();
    if (gap !== undefined) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else word = (word ?? '') + (double?.replace(/\\(["\\$`])/g, '$1') ?? single ?? escaped ?? bare ?? '');
  }
  return word === undefined ? words : [...words, word];
}

const unclosed = (): FailureError =>
  new FailureError({
    kind: 'invalid-input',
    title: 'The command isn’t complete',
    detail: 'It has a quotation mark that isn’t closed, or it ends in a backslash.',
    hint: 'Add the missing mark, or leave the command empty.',
  });
