/** What variables stand for. */
export type Values = { get(name: string): string | undefined };

/**
 * Puts values in the place of `$name`, `${name}`, `${name:-word}` and `${name:+word}`, as a Dockerfile does. A variable
 * that is not known becomes nothing; single quotes are not looked at, which only matters for display.
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

/** Names of the variables that a text uses. */
export const variablesIn = (text: string): string[] => [...text.matchAll(/(?<!\\)\$\{?([A-Za-z_]\w*)/g)].map(([, name = '']) => name);
