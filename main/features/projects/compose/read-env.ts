import { type Lookup, SubstitutionError, substitute } from './substitute.ts';

/** An `.env` file that cannot be read, and the line that says why. */
export class UnreadableEnv extends Error {
  readonly line: number;
  constructor(message: string, line: number) {
    super(message);
    this.line = line;
  }
}

/**
 * The variables in an `.env` file, read as Compose reads it: `export`, comments, `:` for `=`, quotes, escapes and variables
 * of the lines before. `outer` has values that count more. Throws `UnreadableEnv`.
 */
export function readEnv(text: string, outer: Lookup = () => undefined): ReadonlyMap<string, string> {
  return new EnvReader(text.replace(/^\uFEFF/, ''), outer).read();
}

// what Go calls a space; a line break is no space where a statement goes on
const space = '\\t\\v\\f\\r \\u0085\\u00a0';
const anySpace = `${space}\\n\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000`;
const patterns = {
  toStatement: new RegExp(`(?:[${anySpace}]+|#[^\\n]*)*`, 'y'),
  exported: /export[\t\n\f\r ]+/y,
  spaces: new RegExp(`[${space}]*`, 'y'),
  name: new RegExp(`[\\p{L}\\p{N}_.\\-\\[\\]${space}]*`, 'yu'),
  trailing: new RegExp(`[${anySpace}]+$`),
};

class EnvReader {
  readonly #text: string;
  readonly #outer: Lookup;
  readonly #values = new Map<string, string>();
  #place = 0;

  constructor(text: string, outer: Lookup) {
    this.#text = text;
    this.#outer = outer;
  }

  read(): ReadonlyMap<string, string> {
    while (this.#skip(patterns.toStatement) < this.#text.length) this.#statement();
    // names that begin with a digit are left out, as Compose does
    return new Map([...this.#values].filter(([name]) => !/^\s*\d/.test(name)));
  }

  #statement(): void {
    const begin = this.#place;
    if (this.#skip(patterns.exported) > begin) {
      this.#place = begin + 'export'.length;
      this.#skip(patterns.spaces);
    }
    const from = this.#place;
    const end = this.#skip(patterns.name);
    const separator = this.#text[end];
    if (separator !== undefined && !'=:\n'.includes(separator)) throw this.#refuse(`“${separator}” can’t be part of a name`, begin);
    // at the end of the file, Compose takes a name without a value for a value without a name
    const name = separator === undefined ? '' : this.#text.slice(from, end).replace(patterns.trailing, '');
    this.#place = separator === undefined ? from : end + 1;
    if (name.includes(' ')) throw this.#refuse(`The name “${name}” has a space in it`, begin);
    this.#skip(patterns.spaces);
    const value = separator === '\n' ? this.#outer(name) : this.#value(begin);
    if (value !== undefined) this.#values.set(name, value);
  }

  #value(begin: number): string {
    const quote = this.#text[this.#place];
    return quote === '"' || quote === "'" ? this.#quoted(quote, begin) : this.#unquoted(begin);
  }

  #unquoted(begin: number): string {
    const lineEnd = this.#text.indexOf('\n', this.#place);
    const end = lineEnd === -1 ? this.#text.length : lineEnd;
    const [value = ''] = this.#text.slice(this.#place, end).split(' #', 1);
    this.#place = end + 1;
    return this.#expand(value.replace(patterns.trailing, ''), begin);
  }

  #quoted(quote: string, begin: number): string {
    const whole = new RegExp(`${quote}((?:[^${quote}\\\\]|\\\\[^])*)${quote}`, 'y');
    whole.lastIndex = this.#place;
    const found = whole.exec(this.#text);
    if (!found) throw this.#refuse('A quote isn’t closed', begin);
    this.#place = whole.lastIndex;
    const value = (found[1] ?? '').replaceAll(`\\${quote}`, quote);
    return quote === "'" ? value : this.#expand(readEscapes(value), begin);
  }

  #expand(value: string, begin: number): string {
    try {
      return substitute(value, (name) => this.#outer(name) ?? this.#values.get(name));
    } catch (error) {
      if (!(error instanceof SubstitutionError)) throw error;
      throw this.#refuse(envProblems[error.problem.kind], begin);
    }
  }

  #skip(pattern: RegExp): number {
    pattern.lastIndex = this.#place;
    pattern.exec(this.#text);
    this.#place = Math.max(this.#place, pattern.lastIndex);
    return this.#place;
  }

  #refuse(message: string, place: number): UnreadableEnv {
    return new UnreadableEnv(message, this.#text.slice(0, place).split('\n').length);
  }
}

const envProblems: Record<SubstitutionError['problem']['kind'], string> = {
  required: 'A value is required that isn’t set',
  malformed: 'A “$” begins nothing that has a meaning. Write “$$” for a dollar',
  'too-long': 'A value is longer than 20,000 characters',
};

const controls: Record<string, string> = { a: '\x07', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' };

/** Escapes as in a shell's quotes, as far as Compose knows them. What it doesn't know stays as it is. */
const readEscapes = (text: string): string =>
  text.replace(/\\(?:([abcfnrtv$"\\])|0(\d{0,3}))/g, (match, letter: string | undefined, octal: string | undefined) => {
    // a dollar that is meant as one survives the variables by being doubled
    if (letter === '$') return '$$';
    if (letter === '\\' || letter === '"') return letter;
    if (letter !== undefined) return controls[letter] ?? match;
    return octal && /^[0-3][0-7]{2}$/.test(octal) ? String.fromCodePoint(Number.parseInt(octal, 8)) : match;
  });
