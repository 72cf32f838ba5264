import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LicensedPackage } from '../../../contract/licences.ts';
import { codeNotices } from './code-notices.ts';
import { authorName, holderNames, homepageOf, licenceName, type Manifest } from './licence-name.ts';
import { hasLicence, licenceTexts } from './licence-texts.ts';
import { standardTexts } from './standard-texts.ts';

/**
 * A package with its licence. Throws if it names none, as such a package must not be redistributed, and if there is no text to
 * include. If the package brings no text, the `bundled` files may say whose it is.
 */
export async function licensedPackage(folder: string, bundled: string[] = []): Promise<LicensedPackage> {
  const manifest: Manifest = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
  const { name = '', version = '' } = manifest;
  const licence = licenceName(manifest);
  if (!licence) throw new Error(`${name || folder} ${version} names no licence, so it must not be packed. Use another package.`);
  const [author, homepage] = [authorName(manifest), homepageOf(manifest)];
  const brought = await licenceTexts(folder);
  const texts = hasLicence(brought) ? brought : [...standIns(manifest, licence), ...brought, ...(await codeNotices(folder, bundled))];
  return { name, version, licence, ...(author && { author }), ...(homepage && { homepage }), texts };
}

function standIns(manifest: Manifest, licence: string): LicensedPackage['texts'] {
  try {
    return standardTexts(licence, holderNames(manifest) ?? `the authors of ${manifest.name}`);
  } catch (error) {
    throw new Error(`${manifest.name} ${manifest.version} brings no text of its licence, ${licence}. Use another package.`, {
      cause: error,
    });
  }
}
