/** How many names one file takes, and how many characters they may have in a request to the engine, which takes a megabyte. */
const mostNames = 10_000;
const mostCharacters = 900_000;

/** Characters that a name takes in the request: it is escaped, with `&names=` before it. */
const lengthOf = (name: string): number => encodeURIComponent(name).length + 7;

/** The names that fit into one file. Every image gets a name before any gets a second: a backup must not lack an image. */
export function pickNamesForFile(names: string[], imageOf: ReadonlyMap<string, string>): string[] {
  if (fits(names)) return names;
  const seen = new Set<string>();
  const first: string[] = [];
  const further: string[] = [];
  for (const name of names) {
    const image = imageOf.get(name) ?? name;
    (seen.has(image) ? further : first).push(name);
    seen.add(image);
  }
  let room = mostCharacters;
  const taken = [...first, ...further].filter((name) => {
    room -= lengthOf(name);
    return room >= 0;
  });
  const kept = new Set(taken.slice(0, mostNames));
  return names.filter((name) => kept.has(name));
}

const fits = (names: string[]): boolean =>
  names.length <= mostNames && names.reduce((sum, name) => sum + lengthOf(name), 0) <= mostCharacters;

/** How many images the names belong to. */
export const countImages = (names: string[], imageOf: ReadonlyMap<string, string>): number =>
  new Set(names.map((name) => imageOf.get(name) ?? name)).size;
