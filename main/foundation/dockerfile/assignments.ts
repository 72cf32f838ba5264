/** Reads the assignments in `A=1 B="two words"` and in the older form `A the rest is one value`. */
export function assignments(text: string): { name: string; value?: string }[] {
  const rest = text.replace(/^\S+\s+/, '');
  const old = /^([A-Za-z_]\w*)\s+([\s\S]+)$/.exec(rest);
  if (old && /^ENV/i.test(text)) return [{ name: old[1] ?? '', value: old[2] ?? '' }];
  const words = rest.match(/(?:"(?:\\[\s\S]|[^"\\])*"|'[^']*'|\\[\s\S]|[^\s])+/g) ?? [];
  return words.flatMap((word) => {
    const [, name, value] = /^([A-Za-z_]\w*)(?:=([\s\S]*))?$/.exec(word) ?? [];
    return name === undefined ? [] : [{ name, ...(value !== undefined && { value: withoutQuotes(value) }) }];
  });
}

// an escaped dollar stays escaped until variables are expanded
const withoutQuotes = (value: string): string =>
  value.replace(/"((?:\\[\s\S]|[^"\\])*)"|'([^']*)'|\\([^$])/g, (_, double?: string, single?: string, escaped?: string) =>
    double !== undefined ? double.replace(/\\(["\\])/g, '$1') : (single ?? escaped ?? ''),
  );
