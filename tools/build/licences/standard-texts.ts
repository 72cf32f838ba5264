import spdx from 'spdx-license-list/full.js';
import type { LicenceText } from '../../../contract/licences.ts';

// texts with a line that names the copyright holder, and those without
const named = new Set(['MIT', 'ISC', 'BSD-2-Clause', 'BSD-3-Clause', '0BSD']);
const nameless = new Set(['Apache-2.0', 'MPL-2.0', 'Unlicense', 'CC0-1.0', 'BlueOak-1.0.0']);

/**
 * SPDX's standard text of every named licence ("MIT OR Apache-2.0"), for a package that brings none. Throws if a text
 * would need more filled in than a name.
 */
export function standardTexts(licence: string, holder: string): LicenceText[] {
  return licence
    .split(/\s+(?:AND|OR)\s+|[()]/)
    .map((id) => id.trim())
    .filter((id) => id !== '')
    .map((id) => standardText(id, holder));
}

function standardText(id: string, holder: string): LicenceText {
  const text = named.has(id) || nameless.has(id) ? spdx[id]?.licenseText.trimEnd() : undefined;
  if (!text) throw new Error(`There is no standard text of ${id} to give.`);
  const note = `The package brings no text of its licence. This is the standard text of ${id} as SPDX keeps it`;
  if (nameless.has(id)) return { file: id, text, note: `${note}.` };
  return { file: id, text: withHolder(text, holder), note: `${note}, with who made the package in place of its blanks.` };
}

/** SPDX's texts have blanks, or the name of whoever first used them. */
const withHolder = (text: string, holder: string): string =>
  text
    .replace(/^Copyright .*(?:\nCopyright .*)*$/m, () => `Copyright (c) ${holder}`)
    // paragraphs wrap where they are displayed
    .replaceAll(/(?<=\S)[ \t]*\n(?=\S)/g, ' ')
    .replaceAll(/\bISC(?= DISCLAIMS| BE LIABLE)/g, 'THE AUTHOR');
