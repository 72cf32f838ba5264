import { posix } from 'node:path';
import { RE2JS } from 're2js';

/** How much at and below a path is covered: everything, something further down, or nothing. */
export type Coverage = 'all' | 'part' | 'none';

/**
 * Paths as a Dockerfile names them: literally, or with the wildcards of Go's filepath.Match. Unlike in .dockerignore, `!` and
 * spaces have no special meaning.
 */
export class PathGlobs {
  readonly #globs: PartTest[][];

  constructor(paths: readonly string[]) {
    this.#globs = paths.map((path) => partsOf(posix.join('/', path)).map(testOf));
  }

  covers(path: string): Coverage {
    const parts = partsOf(path);
    let best: Coverage = 'none';
    for (const glob of this.#globs) {
      const covered = coverage(glob, parts);
      if (covered === 'all') return 'all';
      if (covered === 'part') best = 'part';
    }
    return best;
  }
}

/** Whether one part of a path has a wildcard. */
export const hasWildcard = (name: string): boolean => /(?:^|[^\\])(?:\\\\)*[*?[]/.test(name);

type PartTest = 'anything below' | ((part: string) => boolean);

export const partsOf = (path: string): string[] => path.split('/').filter((part) => part !== '' && part !== '.');

function coverage(glob: PartTest[], parts: string[]): Coverage {
  for (const [place, part] of parts.entries()) {
    const test = glob[place];
    if (test === undefined || test === 'anything below') return 'all';
    if (!test(part)) return 'none';
  }
  return parts.length < glob.length ? 'part' : 'all';
}

function testOf(written: string): PartTest {
  if (written === '**') return 'anything below';
  const expression = /[*?[\\]/.test(written) ? expressionOf(written) : undefined;
  // a name that looks like a wildcard may also be meant literally: better to send too much than too little
  return (part) => part === written || (expression?.test(part) ?? false);
}

/** A linear-time expression for the pattern; undefined if it is not a valid pattern. */
function expressionOf(written: string): RE2JS | undefined {
  const source = written.replace(
    /\\(.)|(\*+)|(\?)|(\[\^?(?:\\.|[^\]\\])+\])|([\s\S])/gu,
    (_, literal?: string, stars?: string, one?: string, set?: string, other?: string) => {
      if (stars) return '[\\s\\S]*';
      if (one) return '[\\s\\S]';
      return set ?? RE2JS.quote(literal ?? other ?? '');
    },
  );
  try {
    return RE2JS.compile(`^(?:${source})$`);
  } catch {
    return undefined;
  }
}
