import { FailureError } from '../engine/failure.ts';

/**
 * The words of a command as a person types it, for CMD's exec form. A list in JSON is taken as it is. Quotes and backslashes work
 * as in a shell; what only a shell can do, such as `a && b` or `$HOME`, is given to one. Empty where nothing is typed.
 */
export function commandWords(typed: string): string[] {
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

// outside of single quotes: variables and substitutions; outside of all quotes: pipes, lists, globs, comments
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
    title: 'The command is not complete',
    detail: 'It has a quotation mark that is never closed, or ends in a backslash.',
    hint: 'Add the missing mark, or leave the command empty.',
  });
