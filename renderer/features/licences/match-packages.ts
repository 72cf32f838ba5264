import type { LicensedPackage } from '../../../contract/licences.ts';

/** The packages that have every word of the search in their name, version, licence or author. */
export function matchPackages(packages: LicensedPackage[], search: string): LicensedPackage[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  return packages.filter(({ name, version, licence, author = '' }) => {
    const said = `${name} ${version} ${licence} ${author}`.toLowerCase();
    return words.every((word) => said.includes(word));
  });
}

/** Two versions of a package are two packages. */
export const packageKey = ({ name, version }: LicensedPackage): string => `${name}@${version}`;

/** All texts of a licence, as they are copied: each with its note, and with its file’s name if there are several. */
export function wholeText({ texts }: LicensedPackage): string {
  const parts = texts.map(({ file, note, text }) => [texts.length > 1 ? file : '', note ?? '', text].filter(Boolean).join('\n\n'));
  return `${parts.join('\n\n')}\n`;
}
