import { readFile } from 'node:fs/promises';
import { relative } from 'node:path';
import type { LicenceText } from '../../../contract/licences.ts';

/** The comments that must be kept (`/*!`) at the top of a package's files, for a package that states its licence nowhere else. */
export async function codeNotices(folder: string, files: string[]): Promise<LicenceText[]> {
  const notices: LicenceText[] = [];
  for (const file of files.toSorted()) {
    const text = noticeAtHead(await readFile(file.replace(/[?#].*$/, ''), 'utf8'));
    if (text && !notices.some((known) => known.text === text)) notices.push({ file: relative(folder, file), text });
  }
  return notices;
}

/** The text of such a comment, without its asterisks. */
export function noticeAtHead(code: string): string | undefined {
  const [, comment = ''] = /^\s*\/\*!([\s\S]*?)\*\//.exec(code) ?? [];
  return comment.replaceAll(/^[ \t]*\*?[ \t]?/gm, '').trim() || undefined;
}
