import type { ComparedPackages, PackageDifference, PackagesKnown } from '../../../../contract/compare.ts';
import type { FilesPage } from '../../../../contract/layer-files.ts';
import type { InstalledPackage } from '../packages/file-packages.ts';

/** What the databases of an image say is installed. */
export type ToldPackages = { known: PackagesKnown; installed: InstalledPackage[] };

/**
 * What was installed, removed and exchanged between two images. Packages go by manager and name, so that another architecture is no other
 * package; several versions of one stand side by side. Nothing is listed if one image may have packages that nobody can read.
 */
export function comparePackages(first: ToldPackages, second: ToldPackages, page: FilesPage): ComparedPackages {
  const sides = [versionsOf(first.installed), versionsOf(second.installed)] as const;
  const known: ComparedPackages['known'] = [first.known, second.known];
  const rows = known.includes('unknown') || !known.includes('known') ? [] : differences(...sides);
  const counts = { added: 0, changed: 0, removed: 0 };
  for (const { change } of rows) counts[change]++;
  return {
    known,
    totals: [sides[0].size, sides[1].size],
    counts,
    rows: rows.slice(page.first, page.first + page.most),
    total: rows.length,
  };
}

type Versions = ReadonlyMap<string, { manager: InstalledPackage['manager']; name: string; versions: string[] }>;

function versionsOf(installed: InstalledPackage[]): Versions {
  const found = new Map<string, { manager: InstalledPackage['manager']; name: string; versions: string[] }>();
  for (const { manager, name, version } of installed) {
    const key = `${manager} ${name}`;
    const own = found.get(key) ?? { manager, name, versions: [] };
    // the same one for another architecture
    if (!own.versions.includes(version)) own.versions.push(version);
    found.set(key, own);
  }
  for (const { versions } of found.values()) versions.sort();
  return found;
}

function differences(first: Versions, second: Versions): PackageDifference[] {
  const rows: PackageDifference[] = [];
  for (const key of new Set([...first.keys(), ...second.keys()])) {
    const [before, after] = [first.get(key), second.get(key)];
    const { manager, name } = (after ?? before) as { manager: InstalledPackage['manager']; name: string };
    const versions: PackageDifference['versions'] = [before?.versions ?? [], after?.versions ?? []];
    if (versions[0].join('\n') === versions[1].join('\n')) continue;
    rows.push({ manager, name, change: !before ? 'added' : !after ? 'removed' : 'changed', versions });
  }
  return rows.sort((one, other) => (one.name < other.name ? -1 : one.name > other.name ? 1 : one.manager < other.manager ? -1 : 1));
}
