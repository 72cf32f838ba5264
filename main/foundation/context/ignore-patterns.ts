import { posix } from 'node:path';
import { RE2JS } from 're2js';
import { bytesOf } from '../formats/name-bytes.ts';

// The rules of .dockerignore, after moby/patternmatcher, which docker's own command uses. Paths and patterns are names as in
// formats/name-bytes.ts.

type Pattern = { text: string; negated: boolean } & ({ how: 'exact' | 'prefix' | 'suffix' } | { how: 'expression'; expression: RE2JS });

/** For each pattern, whether it matched a folder; passed down so that the folder's children need not check again. */
export type ParentMatches = readonly boolean[];

/** How a client decides whether a `!` line may include something in an excluded folder again. */
export type Reincluding =
  /** Docker's command with the classic builder: only by the start of the line. */
  | 'by-prefix'
  /** BuildKit clients since 2021: a line with wildcards may match anywhere. */
  | 'by-wildcard';

/** Matches paths (relative, with `/`) against patterns; the last one that applies decides. */
export class IgnorePatterns {
  readonly #patterns: Pattern[];
  readonly #negated: string[];
  readonly #mayBeAnywhere: boolean;

  /** `kept` paths are included whatever the patterns say. Throws an `Error` at a pattern that docker also refuses. */
  constructor(
    patterns: readonly string[],
    { kept = [], reincluding = 'by-wildcard' }: { kept?: readonly string[]; reincluding?: Reincluding } = {},
  ) {
    const written = patterns.map(trimSpace).filter(Boolean).map(parsePattern);
    this.#patterns = [...written, ...kept.map((text): Pattern => ({ text, negated: true, how: 'exact' }))];
    this.#negated = this.#patterns
      .filter(({ negated }) => negated)
      .map(({ text }) => (reincluding === 'by-prefix' ? text : withoutTrailingGlob(text)));
    this.#mayBeAnywhere =
      reincluding === 'by-wildcard' && written.some(({ negated, text }) => negated && /[*[\]?^\\]/.test(withoutTrailingGlob(text)));
  }

  /** Whether the path is matched, itself or through a folder above it. */
  matches(path: string): boolean {
    return this.matchesBelow(path, undefined)[0];
  }

  /** The same during a walk from the top, when the matches of the parent folder are known. */
  matchesBelow(path: string, parent: ParentMatches | undefined): [matched: boolean, own: ParentMatches] {
    let matched = false;
    const own = this.#patterns.map((pattern, place) => {
      let hit = parent?.[place] ?? false;
      // a pattern that cannot change the outcome is not tried, but its parent's match is passed down
      if (!hit && pattern.negated !== matched) return false;
      hit ||= matchesOne(pattern, path) || (!parent && foldersAbove(path).some((folder) => matchesOne(pattern, folder)));
      if (hit) matched = !pattern.negated;
      return hit;
    });
    return [matched, own];
  }

  /** Whether a `!` pattern may include something inside an excluded folder again. */
  mayReincludeIn(folder: string): boolean {
    return this.#mayBeAnywhere || this.#negated.some((text) => `${text}/`.startsWith(`${folder}/`));
  }
}

/** The most bytes in a line that docker's reader accepts. */
const longestLine = 65_535;

/** The patterns in an ignore file's text, cleaned as docker does. Throws an `Error` at a line that docker also refuses. */
export function readIgnoreFile(text: string): string[] {
  const lines = text.replace(/^\uFEFF/, '').split('\n');
  if (lines.some((line) => line.length * 3 > longestLine && bytesOf(line).length > longestLine)) throw new Error('a line is too long');
  return lines
    .map((line) => line.replace(/\r$/, ''))
    .filter((line) => !line.startsWith('#'))
    .map(trimSpace)
    .filter(Boolean)
    .map((line) => (line.startsWith('!') ? `!${cleanPattern(trimSpace(line.slice(1)))}` : cleanPattern(line)));
}

// what Go counts as white space (unicode.White_Space), which differs slightly from JavaScript's trim
const space = '[\\t-\\r \\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]';
const spaceAtEnds = new RegExp(`^${space}+|${space}+$`, 'gu');
const trimSpace = (text: string): string => text.replace(spaceAtEnds, '');

function cleanPattern(pattern: string): string {
  if (pattern === '') return '';
  const cleaned = clean(pattern);
  return cleaned.length > 1 && cleaned.startsWith('/') ? cleaned.slice(1) : cleaned;
}

// Go's path.Clean, which unlike posix.normalize removes a trailing slash
function clean(path: string): string {
  const normal = posix.normalize(path);
  return normal.length > 1 && normal.endsWith('/') ? normal.slice(0, -1) : normal;
}

const withoutTrailingGlob = (text: string): string => text.replace(/\/\*\*$/, '').replace(/\/\*$/, '');

function parsePattern(line: string): Pattern {
  const cleaned = clean(line);
  if (cleaned === '!') throw new Error('illegal exclusion pattern: "!"');
  const negated = cleaned.startsWith('!');
  const text = negated ? cleaned.slice(1) : cleaned;
  checkSyntax(text);
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
      return pattern.expression.test(asGoReads(path));
  }
}

const foldersAbove = (path: string): string[] => {
  const parts = path.split('/');
  return parts.slice(1).map((_, end) => parts.slice(0, end + 1).join('/'));
};

// in Go's regular expressions, every byte that is not text becomes the same character
const asGoReads = (text: string): string => text.replace(/[\udc80-\udcff]/gu, '\ufffd');

type How = 'exact' | 'prefix' | 'suffix' | 'expression';

/**
 * Translates a pattern into the same regular expression that docker makes, for a linear-time engine with the same rules; or
 * decides that comparing text is enough.
 */
function compile(text: string): { how: 'exact' | 'prefix' | 'suffix' } | { how: 'expression'; expression: RE2JS } {
  // Go's scanner drops a leading byte order mark
  const characters = [...asGoReads(text).replace(/^\uFEFF/, '')];
  let how: How = 'exact';
  let source = '^';
  for (let place = 0, first = true; place < characters.length; first = false) {
    const character = characters[place++] as string;
    if (character === '*' && characters[place] === '*') {
      place += characters[place + 1] === '/' ? 2 : 1;
      const atEnd = place >= characters.length;
      source += atEnd ? '.*' : '(.*/)?';
      how = atEnd && how === 'exact' ? 'prefix' : 'expression';
      if (first) how = 'suffix';
    } else if (character === '*' || character === '?') {
      source += character === '*' ? '[^/]*' : '[^/]';
      how = 'expression';
    } else if (character === '\\') {
      source += `\\${characters[place++] ?? ''}`;
      how = 'expression';
    } else {
      source += /[.+()$]/.test(character) ? `\\${character}` : character;
      if (character === '[' || character === ']') how = 'expression';
    }
  }
  return how === 'expression' ? { how, expression: RE2JS.compile(`${source}$`) } : { how };
}

// the syntax of Go's filepath.Match, which docker checks first: it refuses an empty set and an open range
function checkSyntax(text: string): void {
  const characters = [...text];
  for (let place = 0; place < characters.length; place++) {
    if (characters[place] === '[') place = endOfSet(characters, place + 1);
    else if (characters[place] === '\\' && ++place >= characters.length) throw badPattern();
  }
}

function endOfSet(characters: string[], start: number): number {
  let place = start;
  const skipOne = (): void => {
    if (characters[place] === '-' || characters[place] === ']') throw badPattern();
    if (characters[place] === '\\') place++;
    place++;
    if (place >= characters.length) throw badPattern();
  };
  if (characters[place] === '^') place++;
  do {
    skipOne();
    if (characters[place] !== '-') continue;
    place++;
    skipOne();
  } while (characters[place] !== ']');
  return place;
}

const badPattern = (): Error => new Error('syntax error in pattern');
