import { readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { LicenceFile, LicensedPackage } from '../../../contract/licences.ts';
import { licensedPackage } from './licensed-package.ts';
import { packageFolder } from './package-folder.ts';

/**
 * Writes the licences of every package with a file in the bundles, besides the app's own: as data in
 * the bundles, and as text to read without the app.
 */
export async function writeLicences(root: string, outDir: string, files: Iterable<string>): Promise<void> {
  const found = await Promise.all([...filesByPackage(root, files)].map(([folder, bundled]) => licensedPackage(folder, bundled)));
  // the same version may be installed in several places
  const packages = [...new Map(found.map((entry) => [`${entry.name}@${entry.version}`, entry])).values()].sort(byName);
  const { productName } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  const list: LicenceFile = { own: { ...(await licensedPackage(root)), name: productName }, packages };
  await writeFile(join(outDir, 'licences.json'), JSON.stringify(list));
  await writeFile(
    join(outDir, 'THIRD-PARTY-LICENCES.txt'),
    packages
      .map(asText)
      .join(`\n\n${'='.repeat(80)}\n\n`)
      .concat('\n'),
  );
}

function filesByPackage(root: string, files: Iterable<string>): Map<string, string[]> {
  const packages = new Map<string, string[]>();
  for (const file of files) {
    const folder = packageFolder(file);
    if (folder === undefined) continue;
    const path = resolve(root, folder);
    packages.set(path, [...(packages.get(path) ?? []), resolve(root, file)]);
  }
  return packages;
}

const byName = (a: LicensedPackage, b: LicensedPackage): number =>
  a.name === b.name ? compare(a.version, b.version) : compare(a.name, b.name);
const compare = (a: string, b: string): number => (a < b ? -1 : 1);

function asText({ name, version, licence, author, homepage, texts }: LicensedPackage): string {
  const head = [`${name} ${version}`, `Licence: ${licence}`, author && `By: ${author}`, homepage].filter(Boolean).join('\n');
  const body = texts.map(({ file, note, text }) => [texts.length > 1 && file, note, text].filter(Boolean).join('\n\n'));
  return [head, ...body].join('\n\n');
}
