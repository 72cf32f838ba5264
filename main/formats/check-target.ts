import { access, constants, lstat } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { FailureError } from '../engine/failure.ts';

/** Throws, before anything is asked for, where a file cannot be written at a place: a link, a folder that may not be written to. */
export async function checkTarget(target: string): Promise<void> {
  const there = await lstat(target).catch(() => undefined);
  // renaming the new file over it would leave the file that it leads to as it was, without a word
  if (there?.isSymbolicLink()) throw isLink(basename(target));
  if (there && !there.isFile()) throw Object.assign(new Error(`EISDIR: ${target}`), { code: 'EISDIR' });
  await access(dirname(target), constants.W_OK);
}

const isLink = (name: string): FailureError =>
  new FailureError({
    kind: 'invalid-input',
    title: `${name} is a link to another place`,
    detail: 'Saving would put a file in the place of the link, and leave what it leads to as it was. Nothing was written.',
    hint: 'Choose the file that it leads to, or another name.',
  });
