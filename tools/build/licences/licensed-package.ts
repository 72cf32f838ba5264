import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LicensedPackage } from '../../../contract/licences.ts';
import { authorName, homepageOf, licenceName, type Manifest } from './licence-name.ts';
import { licenceTexts } from './licence-texts.ts';

/** A package with its licence. Throws where it names none: nobody may pass such a package on. */
export async function licensedPackage(folder: string): Promise<LicensedPackage> {
  const manifest: Manifest = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
  const { name = '', version = '' } = manifest;
  const licence = licenceName(manifest);
  if (!licence) throw new Error(`${name || folder} ${version} names no licence, so it must not be packed. Use another package.`);
  const [author, homepage] = [authorName(manifest), homepageOf(manifest)];
  return { name, version, licence, ...(author && { author }), ...(homepage && { homepage }), texts: await licenceTexts(folder) };
}
