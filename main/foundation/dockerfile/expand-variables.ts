/** The values of variables. */
export type Values = { get(name: string): string | undefined };

/**
 * Replaces `$name`, `${name}`, `${name:-word}` and `${name:+word}` with values, as a Dockerfile does. An unknown variable becomes
 * empty; single quotes are ignored, which only matters for display.
 */
export function expandVariables(text: string, values: Values): string {
  return text.replace(
    /\\\$|\$\{([A-Za-z_]\w*)(?::?([-+])([^}]*))?\}|\$([A-Za-z_]\w*)/g,
    (all, braced?: string, operator?: string, word = '', bare?: string) => {
      const name = braced ?? bare;
      if (!name) return all;
      const value = values.get(name) ?? '';
      if (operator === '-') return value === '' ? word : value;
      if (operator === '+') return value === '' ? '' : word;
      return value;
    },
  );
}

/** A word as a builder reads it: with variables expanded, and without quotes and escaping backslashes. */
export function expandWord(word: string, values: Values): string {
  return word.replace(
    /'([^']*)'|"((?:\\[\s\S]|[^"\\])*)"|\\([\s\S])|(?:\$\{[^}]*\}|[^'"\\])+/g,
    (plain, single?: string, double?: string, escaped?: string) => {
      if (double !== undefined) return expandVariables(double, values).replace(/\\(["$\\])/g, '$1');
      return single ?? escaped ?? expandVariables(plain, values);
    },
  );
}

/** Names of the variables that a text uses. */
export const variablesIn = (text: string): string[] => [...text.matchAll(/(?<!\\)\$\{?([A-Za-z_]\w*)/g)].map(([, name = '']) => name);
