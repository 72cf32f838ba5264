import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';

const kinds = /^(?:un)?licen[cs]es?\b|^copying\b|^copyright|^notices?\b|^third-?party-?(?:notices?|licen[cs]es?)|^patents\b|^authors\b/i;
const code = /\.(?:[cm]?[jt]sx?|json|map|css|ya?ml)$/i;

/** Whether a file, judging by its name, holds a licence or a notice that must be included. */
export const isLicenceFile = (name: string): boolean => kinds.test(name) && !code.test(name);

/** Whether the licence itself is among the files, not only notices. */
export const hasLicence = (texts: { file: string }[]): boolean => texts.some(({ file }) => isLicence(file));

/** Every licence and notice at the top of a package or in a folder of such a name; the licence comes first. */
export async function licenceTexts(folder: string): Promise<{ file: string; text: string }[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const found: string[] = [];
  for (const entry of entries) {
    if (!isLicenceFile(entry.name)) continue;
    if (!entry.isDirectory()) found.push(entry.name);
    else for (const name of await filesIn(join(folder, entry.name))) found.push(`${entry.name}/${name}`);
  }
  const texts = await Promise.all(
    found.sort(licenceFirst).map(async (file) => ({ file, text: plain(await readFile(join(folder, file), 'utf8')) })),
  );
  return texts.filter(({ text }) => text !== '');
}

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  return entries.filter((entry) => entry.isFile() && !code.test(entry.name)).map(({ name }) => name);
}

const licenceFirst = (a: string, b: string): number => rank(a) - rank(b) || (a < b ? -1 : 1);
const rank = (file: string): number => (isLicence(basename(file)) ? 0 : 1);

const isLicence = (name: string): boolean => /^(?:un)?licen[cs]e|^copying/i.test(name);

const plain = (text: string): string =>
  text
    .replace(/^\uFEFF/, '')
    .replaceAll('\r\n', '\n')
    .trimEnd();
