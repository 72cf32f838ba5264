/** The value of a variable; undefined if it is not set. */
export type Lookup = (name: string) => string | undefined;

/** The longest text in which variables are replaced, and the longest that may come of it: a few lines can double each other for ever. */
const longest = 20_000;

/** The most characters that are told of a text that can't be understood. */
const longestShown = 300;

/** How deep variables may be inside each other. */
const deepest = 100;

/** A text whose variables cannot be replaced. */
export class SubstitutionError extends Error {
  readonly problem: SubstitutionProblem;
  constructor(problem: SubstitutionProblem) {
    super(problem.kind);
    this.problem = problem;
  }
}

export type SubstitutionProblem =
  /** It says `${NAME:?message}` or `${NAME?message}`. */
  | { kind: 'required'; variable: string; message: string }
  /** It has a `$` that begins nothing. */
  | { kind: 'malformed'; text: string }
  | { kind: 'too-long' };

// `(?<rest>…)` takes as much as it can, as in Compose; where the braces of the variable really end is counted afterwards
const variable = () =>
  /\$(?:(?<escaped>\$)|(?<named>[_a-z][_a-z0-9]*)|\{(?:(?<braced>[_a-z][_a-z0-9]*(?::?[-+?](?<rest>[^\n]*))?)\}|(?<broken>)))/giu;

/**
 * Replaces the variables in a text as Compose does: `$A`, `${A}`, `${A:-default}`, `${A-default}`, `${A:?error}`, `${A?error}`,
 * `${A:+instead}`, `${A+instead}`, all of them also inside each other, and `$$` for a dollar. `unset` is told each name
 * that has no value and becomes nothing. Throws `SubstitutionError`.
 */
export function substitute(text: string, lookup: Lookup, unset: (name: string) => void = () => {}): string {
  return substituteInside(text, { lookup, unset, depth: 0 });
}

type Way = { lookup: Lookup; unset(name: string): void; depth: number };

function substituteInside(text: string, way: Way): string {
  if (!text.includes('$')) return text;
  if (text.length > longest || way.depth > deepest) throw new SubstitutionError({ kind: 'too-long' });
  const replaced = text.replace(variable(), (match) => replaceOne(match, text, way));
  if (replaced.length > longest) throw new SubstitutionError({ kind: 'too-long' });
  return replaced;
}

function replaceOne(match: string, text: string, way: Way): string {
  const end = closingBrace(match);
  const own = end === -1 ? match : match.slice(0, end + 1);
  const { escaped, named, braced } = variable().exec(own)?.groups ?? {};
  if (escaped) return escaped;
  if (named !== undefined) return plainValue(named, way);
  if (braced === undefined) throw new SubstitutionError({ kind: 'malformed', text: text.slice(0, longestShown) });
  const [, name = '', operator, word = ''] = /^([_a-z0-9]+)(?:(:?[-+?])(.*))?$/isu.exec(braced) ?? [];
  if (operator === undefined) return plainValue(braced, way);
  const inner = (nested: string) => substituteInside(nested, { ...way, depth: way.depth + 1 });
  const after = end === -1 ? '' : match.slice(end + 1);
  return operators[operator as Operator](way.lookup(name), () => inner(word), name) + inner(after);
}

function plainValue(name: string, { lookup, unset }: Way): string {
  const value = lookup(name);
  if (value === undefined) unset(name);
  return value ?? '';
}

type Operator = ':-' | '-' | ':+' | '+' | ':?' | '?';

const operators: Record<Operator, (value: string | undefined, word: () => string, name: string) => string> = {
  ':-': (value, word) => value || word(),
  '-': (value, word) => value ?? word(),
  ':+': (value, word) => (value ? word() : ''),
  '+': (value, word) => (value === undefined ? '' : word()),
  ':?': (value, word, name) => value || required(name, word()),
  '?': (value, word, name) => value ?? required(name, word()),
};

function required(name: string, message: string): never {
  throw new SubstitutionError({ kind: 'required', variable: name, message: message.slice(0, longestShown) });
}

/** Where the first brace that is opened closes, counted as Compose counts: the character after a brace is not looked at. */
function closingBrace(text: string): number {
  let open = 0;
  for (let place = 0; place < text.length; place++) {
    if (text[place] === '}' && --open === 0) return place;
    if (text[place] === '{') {
      open++;
      place++;
    }
  }
  return -1;
}
