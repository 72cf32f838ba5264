import { posix } from 'node:path';

// The rules of .dockerignore, after moby/patternmatcher (patternmatcher.go): what the docker CLI itself matches with.

type Pattern = { text: string; negated: boolean } & ({ how: 'exact' | 'prefix' | 'suffix' } | { how: 'expression'; expression: RegExp });

/** For each pattern whether it matched a folder: handed down so that a folder's children need not look at it again. */
export type ParentMatches = readonly boolean[];

/** Matches paths (relative, with `/`) against patterns, of which the last that applies decides. */
export class IgnorePatterns {
  readonly #patterns: Pattern[];
  readonly hasNegated: boolean;

  /** Throws an `Error` at a pattern that docker refuses too. */
  constructor(patterns: readonly string[]) {
    this.#patterns = patterns
      .map((pattern) => pattern.trim())
      .filter(Boolean)
      .map(parsePattern);
    this.hasNegated = this.#patterns.some(({ negated }) => negated);
  }

  /** Whether the path is matched, itself or through a folder above it. */
  matches(path: string): boolean {
    return this.matchesBelow(path, undefined)[0];
  }

  /** The same for a walk from the top, where the matches of the folder above are already known. */
  matchesBelow(path: string, parent: ParentMatches | undefined): [matched: boolean, own: ParentMatches] {
    let matched = false;
    const own = this.#patterns.map((pattern, place) => {
      let hit = parent?.[place] ?? false;
      // a pattern that could not change the outcome is not tried, but what its parent matched is handed down
      if (!hit && pattern.negated !== matched) return false;
      hit ||= matchesOne(pattern, path) || (!parent && foldersAbove(path).some((folder) => matchesOne(pattern, folder)));
      if (hit) matched = !pattern.negated;
      return hit;
    });
    return [matched, own];
  }

  /** Whether something at or below a path may be matched by a pattern that is not negated. */
  mayMatchBelow(path: string): boolean {
    return this.#patterns.some(({ negated, text }) => !negated && areOnOneWay(literalPart(text), path));
  }

  /** Whether something inside an excluded folder may be taken in again by a `!` pattern. */
  mayReincludeIn(folder: string): boolean {
    return this.#patterns.some(({ negated, text }) => negated && `${text}/`.startsWith(`${folder}/`));
  }
}

/** The patterns of an ignore file's text, cleaned as the CLI does. */
export function readIgnoreFile(text: string): string[] {
  return text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .filter((line) => !line.startsWith('#'))
    .map((line) => line.trim())
    .filter(Boolean)
    .map((line) => (line.startsWith('!') ? `!${cleanPattern(line.slice(1).trim())}` : cleanPattern(line)));
}

function cleanPattern(pattern: string): string {
  if (pattern === '') return '';
  const cleaned = clean(pattern);
  return cleaned.length > 1 && cleaned.startsWith('/') ? cleaned.slice(1) : cleaned;
}

// Go's path.Clean, which unlike posix.normalize leaves no slash at the end.
function clean(path: string): string {
  const normal = posix.normalize(path);
  return normal.length > 1 && normal.endsWith('/') ? normal.slice(0, -1) : normal;
}

function parsePattern(line: string): Pattern {
  const cleaned = clean(line);
  if (cleaned === '!') throw new Error('illegal exclusion pattern: "!"');
  const negated = cleaned.startsWith('!');
  const text = negated ? cleaned.slice(1) : cleaned;
  return { text, negated, ...compile(text) };
}

function matchesOne(pattern: Pattern, path: string): boolean {
  switch (pattern.how) {
    case 'exact':
      return path === pattern.text;
    case 'prefix':
      return path.startsWith(pattern.text.slice(0, -2));
    case 'suffix': {
      const end = pattern.text.slice(2);
      return path.endsWith(end) || (end.startsWith('/') && path === end.slice(1));
    }
    case 'expression':
      return pattern.expression.test(path);
  }
}

// what comes before the first folder with a wildcard, which may stand for anything
const literalPart = (text: string): string => {
  const parts = text.split('/');
  const wild = parts.findIndex((part) => /[*?[\\]/.test(part));
  return parts.slice(0, wild < 0 ? parts.length : wild).join('/');
};

const areOnOneWay = (a: string, b: string): boolean => a === '' || `${a}/`.startsWith(`${b}/`) || `${b}/`.startsWith(`${a}/`);

const foldersAbove = (path: string): string[] => {
  const parts = path.split('/');
  return parts.slice(1).map((_, end) => parts.slice(0, end + 1).join('/'));
};

type How = 'exact' | 'prefix' | 'suffix' | 'expression';

/** Translates a pattern to a regular expression, or finds that comparing text is enough. */
function compile(text: string): { how: 'exact' | 'prefix' | 'suffix' } | { how: 'expression'; expression: RegExp } {
  const characters = [...text];
  let how: How = 'exact';
  let source = '^';
  for (let place = 0, first = true; place < characters.length; first = false) {
    const character = characters[place++] as string;
    if (character === '*' && characters[place] === '*') {
      place += characters[place + 1] === '/' ? 2 : 1;
      const atEnd = place >= characters.length;
      source += atEnd ? '.*' : '(.*/)?';
      if (atEnd && how === 'exact') how = 'prefix';
      else how = 'expression';
      if (first) how = 'suffix';
    } else if (character === '*' || character === '?') {
      source += character === '*' ? '[^/]*' : '[^/]';
      how = 'expression';
    } else if (character === '\\') {
      if (place >= characters.length) throw badPattern();
      source += quoted(characters[place++] as string);
      how = 'expression';
    } else if (character === '[') {
      const [set, next] = readSet(characters, place);
      source += set;
      place = next;
      how = 'expression';
    } else source += quoted(character);
  }
  return how === 'expression' ? { how, expression: new RegExp(`${source}$`, 'u') } : { how };
}

const quoted = (character: string): string => (/[\\^$.*+?()[\]{}|/]/.test(character) ? `\\${character}` : character);

// "[a-c]", "[^a]": by the rules of Go's filepath.Match, which refuses an empty set and a range without an end
function readSet(characters: string[], start: number): [source: string, next: number] {
  let place = start;
  const readOne = (): string => {
    if (characters[place] === '-' || characters[place] === ']') throw badPattern();
    if (characters[place] === '\\') place++;
    const one = characters[place++];
    if (one === undefined || place >= characters.length) throw badPattern();
    return /[\\\]^[-]/.test(one) ? `\\${one}` : one;
  };
  const negated = characters[place] === '^';
  if (negated) place++;
  let body = '';
  do {
    body += readOne();
    if (characters[place] !== '-') continue;
    place++;
    body += `-${readOne()}`;
  } while (characters[place] !== ']');
  return [`[${negated ? '^' : ''}${body}]`, place + 1];
}

const badPattern = (): Error => new Error('syntax error in pattern');
