import { readFile } from 'node:fs/promises';
import { relative } from 'node:path';
import type { LicenceText } from '../../../contract/licences.ts';

/** What the files of a package say at their head in a comment that has to stay (`/*!`), for a package that says it nowhere else. */
export async function codeNotices(folder: string, files: string[]): Promise<LicenceText[]> {
  const notices: LicenceText[] = [];
  for (const file of files.toSorted()) {
    const text = noticeAtHead(await readFile(file.replace(/[?#].*$/, ''), 'utf8'));
    if (text && !notices.some((known) => known.text === text)) notices.push({ file: relative(folder, file), text });
  }
  return notices;
}

/** The words of such a comment, without its stars. */
export function noticeAtHead(code: string): string | undefined {
  const [, comment = ''] = /^\s*\/\*!([\s\S]*?)\*\//.exec(code) ?? [];
  return comment.replaceAll(/^[ \t]*\*?[ \t]?/gm, '').trim() || undefined;
}
