/** A piece of a text; with a name if it is a single character that can’t be seen. */
export type PlainPart = { text: string; name?: string };

// joiners are left alone: emoji and Persian are written with them
const odd = /([\p{Cc}\p{Bidi_Control}\u200b\u2028\u2029\u2060-\u2064\ufeff])/u;

const names: Record<string, string> = { '\n': 'line break', '\t': 'tab' };

/** Splits a text at characters that can’t be seen, or change the direction of what follows. */
export const plainParts = (text: string, keepBreaks: boolean): PlainPart[] =>
  text
    .split(odd)
    .filter((part) => part !== '')
    .map((part) =>
      odd.test(part) && part.length === 1 && !(keepBreaks && part === '\n') ? { text: part, name: nameOf(part) } : { text: part },
    );

const nameOf = (character: string): string =>
  names[character] ?? `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
