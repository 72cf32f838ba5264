/** What a package.json says about its package; old ones say it in several ways. */
export type Manifest = {
  name?: string;
  version?: string;
  license?: string | { type?: string };
  licenses?: (string | { type?: string })[];
  author?: Person;
  contributors?: Person[];
  homepage?: string;
  repository?: string | { url?: string };
};

type Person = string | { name?: string };

/** The licence's name; undefined if none is named or all rights are reserved. */
export function licenceName({ license, licenses }: Manifest): string | undefined {
  const named = [license, ...(Array.isArray(licenses) ? licenses : [])].map(typeOf).filter((type) => type !== '');
  const name = [...new Set(named)].join(' OR ');
  return name === '' || /^UNLICENSED$/i.test(name) ? undefined : name;
}

const typeOf = (licence: string | { type?: string } | undefined): string =>
  (typeof licence === 'string' ? licence : (licence?.type ?? '')).trim();

/** Who made it, without addresses; undefined if nobody is named. */
export function authorName({ author, contributors }: Manifest): string | undefined {
  return namesOf(author ? [author] : people(contributors)) || undefined;
}

/** Everybody who is named, since all of them may hold rights. */
export const holderNames = ({ author, contributors }: Manifest): string | undefined =>
  namesOf([...(author ? [author] : []), ...people(contributors)]) || undefined;

// other people's files may be malformed
const people = (contributors: Manifest['contributors']): Person[] => (Array.isArray(contributors) ? contributors : []);

function namesOf(found: Person[]): string {
  const names = found.map((person) => (typeof person === 'string' ? person : (person.name ?? '')).replace(/\s*[<(].*$/s, '').trim());
  return [...new Set(names)].filter((name) => name !== '').join(', ');
}

/** Where to read more: a web address, or undefined. */
export function homepageOf({ homepage, repository }: Manifest): string | undefined {
  const source = typeof repository === 'string' ? repository : (repository?.url ?? '');
  const addresses = [
    homepage ?? '',
    source
      .replace(/^git\+/, '')
      .replace(/^git:\/\//, 'https://')
      .replace(/\.git$/, ''),
  ];
  return addresses.find((address) => /^https?:\/\//.test(address));
}
