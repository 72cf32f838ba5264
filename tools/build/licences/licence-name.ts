/** What a package.json says about itself; old ones say it in several ways. */
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

/** The licence's name; undefined where none is named, or where all rights are kept. */
export function licenceName({ license, licenses }: Manifest): string | undefined {
  const named = [license, ...(Array.isArray(licenses) ? licenses : [])].map(typeOf).filter((type) => type !== '');
  const name = [...new Set(named)].join(' OR ');
  return name === '' || /^UNLICENSED$/i.test(name) ? undefined : name;
}

const typeOf = (licence: string | { type?: string } | undefined): string =>
  (typeof licence === 'string' ? licence : (licence?.type ?? '')).trim();

/** Who made it, without addresses. */
export function authorName({ author, contributors }: Manifest): string | undefined {
  const people = author ? [author] : Array.isArray(contributors) ? contributors : [];
  const names = people.map((person) => (typeof person === 'string' ? person : (person.name ?? '')).replace(/\s*[<(].*$/s, '').trim());
  return names.filter((name) => name !== '').join(', ') || undefined;
}

/** Where to read more: a web address, or none. */
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
