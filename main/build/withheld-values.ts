import type { OperationContext } from '../engine/operation.ts';

/** Values shorter than this stand in too many words, and are no secret. */
const shortest = 4;
/** Lines of a secret that are looked for; a key has about thirty, and a file of more than this is no password. */
const mostLines = 500;
/** What stands behind a name in a line of a file, from this length on: `debug: true` is no secret. */
const shortestBehindName = 8;
/** What stands in the place of such a value; a log that is saved or sent has to explain itself. */
export const withheldPlaceholder = '[withheld]';

/** Values that no log, step, failure or history may show: neither as they are, nor as they stand in an address, in JSON or in base64. */
export class WithheldValues {
  readonly #values = new Set<string>();
  #pattern: RegExp | undefined;

  constructor(values: readonly string[] = []) {
    for (const value of values) this.add(value);
  }

  /** A value of several lines is looked for line by line, as it would be printed, and so is what a line gives to a name. */
  add(value: string | Buffer): void {
    const lines = value.toString().split(/\r?\n/).slice(0, mostLines);
    const whole = [...lines, value.toString()].map((line) => line.trim()).filter(({ length }) => length >= shortest);
    const found = [...whole, ...lines.map(behindName).filter(({ length }) => length >= shortestBehindName)];
    for (const line of found) for (const form of formsOf(line)) this.#values.add(form);
    // the longest first: it may have another in it
    const forms = [...this.#values].sort((a, b) => b.length - a.length).map((form) => RegExp.escape(form));
    this.#pattern = forms.length > 0 ? new RegExp(forms.join('|'), 'g') : undefined;
  }

  clean(text: string): string {
    return this.#pattern ? text.replace(this.#pattern, withheldPlaceholder) : text;
  }

  /** A copy without them in any of its texts. */
  cleanAll<T>(whole: T): T {
    if (!this.#pattern) return whole;
    return JSON.parse(JSON.stringify(whole), (_, value: unknown) => (typeof value === 'string' ? this.clean(value) : value)) as T;
  }

  /** A context that lets none of them through. */
  guard(context: OperationContext): OperationContext {
    return {
      ...context,
      log: (text, options) => context.log(this.clean(text), options),
      report: (progress) => context.report(this.cleanAll(progress)),
    };
  }
}

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

/** The letters of base64 that are the value's alone, with one or two bytes of something else before it: three bytes are four letters. */
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
