import type { OperationContext } from '../progress/operation-context.ts';

/** Shorter values occur in too many words and are not secrets. */
const shortest = 4;
/** How many lines of a secret to look for; a key has about thirty, and a file with more than this is no password. */
const mostLines = 500;
/** The shortest value after a name in a file's line that counts as secret: `debug: true` does not. */
const shortestBehindName = 8;
/** Replaces such a value; a saved or shared log has to explain itself. */
export const withheldPlaceholder = '[withheld]';

/** Values that no log, step, failure or history may show: neither plain, nor as written in a URL, in JSON or in base64. */
export class WithheldValues {
  readonly #values = new Set<string>();
  #pattern: RegExp | undefined;

  constructor(values: readonly string[] = []) {
    for (const value of values) this.#note(value);
    this.#compile();
  }

  /** Adds a value. One with several lines is matched line by line, as it would be printed, and so are values after a name in a line. */
  add(value: string | Buffer): void {
    this.#note(value);
    this.#compile();
  }

  #note(value: string | Buffer): void {
    const lines = value.toString().split(/\r?\n/).slice(0, mostLines);
    const whole = [...lines, value.toString()].map((line) => line.trim()).filter(({ length }) => length >= shortest);
    const found = [...whole, ...lines.map(behindName).filter(({ length }) => length >= shortestBehindName)];
    for (const line of found) for (const form of formsOf(line)) this.#values.add(form);
  }

  #compile(): void {
    // the longest first, as it may contain another one
    const forms = [...this.#values].sort((a, b) => b.length - a.length).map((form) => RegExp.escape(form));
    this.#pattern = forms.length > 0 ? new RegExp(forms.join('|'), 'g') : undefined;
  }

  clean(text: string): string {
    return this.#pattern ? text.replace(this.#pattern, withheldPlaceholder) : text;
  }

  /** A copy with the values removed from all texts; identifiers stay, even if they read like one of the values. */
  cleanAll<T>(whole: T): T {
    return this.#pattern ? (this.#cleanIn(whole) as T) : whole;
  }

  #cleanIn(value: unknown): unknown {
    if (typeof value === 'string') return this.clean(value);
    if (Array.isArray(value)) return value.map((one) => this.#cleanIn(one));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, identities.has(key) ? one : this.#cleanIn(one)]));
  }

  /** A context that lets none of the values through. */
  guard(context: OperationContext): OperationContext {
    return {
      ...context,
      log: (text, options) => context.log(this.clean(text), options),
      report: (progress) => context.report(this.cleanAll(progress)),
    };
  }
}

/** Fields that identify things and stay: a password such as “postgres” may also be the name of a stage. */
const identities: ReadonlySet<string> = new Set(['id', 'kind', 'builder', 'stage', 'state', 'needs', 'diffId']);

const formsOf = (value: string): string[] => {
  const base64 = [0, 1, 2].map((before) => base64Behind(before, value));
  return [
    value,
    JSON.stringify(value).slice(1, -1),
    encodeURIComponent(value.toWellFormed()),
    ...base64,
    ...base64.map((text) => text.replaceAll('+', '-').replaceAll('/', '_')),
  ].filter(({ length }) => length >= shortest);
};

/** The base64 characters that depend only on the value, when up to two other bytes come before it: three bytes make four characters. */
function base64Behind(before: number, value: string): string {
  const bytes = Buffer.concat([Buffer.alloc(before), Buffer.from(value)]);
  const whole = Math.floor((bytes.length * 8) / 6);
  return bytes.toString('base64').slice(Math.ceil((before * 8) / 6), whole);
}

/** `npm_abcdefgh` of `//registry/:_authToken=npm_abcdefgh`, `TOKEN="npm_abcdefgh"` and `"token": "npm_abcdefgh",`. */
function behindName(line: string): string {
  const [, value = ''] = /^\s*["']?[^\s"'=]{1,200}["']?(?:\s*=\s*|:\s+)(.*)$/.exec(line) ?? [];
  return value
    .trim()
    .replace(/,$/, '')
    .replace(/^(["'])(.*)\1$/, '$2');
}
