import type { LicensedPackage } from '../../contract/licences.ts';

/** The packages that have every word of the search in their name, version, licence or author. */
export function matchPackages(packages: LicensedPackage[], search: string): LicensedPackage[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  return packages.filter(({ name, version, licence, author = '' }) => {
    const said = `${name} ${version} ${licence} ${author}`.toLowerCase();
    return words.every((word) => said.includes(word));
  });
}

/** A version of a package; two versions of one are two. */
export const packageKey = ({ name, version }: LicensedPackage): string => `${name}@${version}`;

/** All its texts as they would be pasted: each with its file's name where there are several, and with what is said of it. */
export function wholeText({ texts }: LicensedPackage): string {
  const parts = texts.map(({ file, note, text }) => [texts.length > 1 ? file : '', note ?? '', text].filter(Boolean).join('\n\n'));
  return `${parts.join('\n\n')}\n`;
}
