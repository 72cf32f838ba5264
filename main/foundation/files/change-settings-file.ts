import { readFile, readlink, realpath, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import * as z from 'zod';
import { FailureError } from '../failures/failure.ts';
import { writeWhole } from './write-whole.ts';

type Members = Record<string, unknown>;

/** For its owner only, as docker's command makes it: it may come to hold sign-ins. */
const usualMode = 0o600;

/**
 * Changes settings in JSON that other programs own, such as docker's config.json. All other members stay, and so do the file's mode
 * and its place behind a link; a missing one is made. Rejects if it cannot be read, so that nothing is written over.
 */
export async function changeSettingsFile(path: string, change: (settings: Members) => Members): Promise<void> {
  const file = await realpath(path).catch(() => placeBehind(path));
  const text = await readFile(file, 'utf8').catch(ifMissing('{}'));
  const mode = await stat(file).then(({ mode }) => mode & 0o777, ifMissing(usualMode));
  await writeWhole(file, `${JSON.stringify(change(membersIn(text.trim() || '{}', file)), null, '\t')}\n`, mode);
}

/** Where a link leads that has nothing behind it yet; the path itself if it is none. */
const placeBehind = (path: string): Promise<string> =>
  readlink(path).then(
    (target) => resolve(dirname(path), target),
    () => path,
  );

function membersIn(text: string, file: string): Members {
  const members = z.record(z.string(), z.unknown()).safeParse(parsed(text));
  if (members.success) return members.data;
  throw new FailureError({
    kind: 'invalid-input',
    title: 'These settings can’t be read',
    detail: `${file} is not valid JSON, so nothing in it was changed.`,
    hint: 'Correct the file in a text editor, then try again.',
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const ifMissing =
  <T>(instead: T) =>
  (error: NodeJS.ErrnoException): T => {
    if (error.code !== 'ENOENT') throw error;
    return instead;
  };
