import { access, constants, lstat } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { FailureError } from '../failures/failure.ts';

/** Throws, before any question is asked, if a file cannot be written there: a link, or a folder without write permission. */
export async function checkTarget(target: string): Promise<void> {
  const there = await lstat(target).catch(() => undefined);
  // renaming the new file over it would silently leave the file it points to as it was
  if (there?.isSymbolicLink()) throw isLink(basename(target));
  if (there && !there.isFile()) throw Object.assign(new Error(`EISDIR: ${target}`), { code: 'EISDIR' });
  await access(dirname(target), constants.W_OK);
}

const isLink = (name: string): FailureError =>
  new FailureError({
    kind: 'invalid-input',
    title: `${name} is a link to another place`,
    detail: 'Saving would replace the link with a file and leave what it points to as it was. Nothing was written.',
    hint: 'Choose the file it points to, or another name.',
  });
