import { readdir, realpath } from 'node:fs/promises';
import { resolve } from 'node:path';
import { FailureError } from '../../../foundation/failures/failure.ts';
import { readSmallFile } from '../../../foundation/files/read-small-file.ts';
import { isWithin } from './is-within.ts';
import type { OtherFiles } from './other-files.ts';
import type { ComposeFile } from './read-documents.ts';

// in Compose's own order: of several, the first one counts
const mainNames = ['compose.yaml', 'compose.yml', 'docker-compose.yml', 'docker-compose.yaml'];
const overrideNames = ['compose.override.yml', 'compose.override.yaml', 'docker-compose.override.yml', 'docker-compose.override.yaml'];

/** The most bytes read from each file. Larger ones could keep the app busy for seconds. */
const largest = 128 * 1024;

/** `others` are files that services extend. */
export type ComposeTexts = { files: ComposeFile[]; env?: string; others?: OtherFiles };

/** Whether a file is one that Compose looks for by its name. */
export const isComposeName = (name: string): boolean => mainNames.includes(name);

/** The Compose files of a folder and its `.env`; undefined if there is no Compose file. Rejects with a failure if one can't be read. */
export async function readComposeFiles(folder: string): Promise<ComposeTexts | undefined> {
  const there = new Set(await readdir(folder).catch(() => []));
  const main = mainNames.find((name) => there.has(name));
  if (main === undefined) return undefined;
  const override = overrideNames.find((name) => there.has(name));
  const names = override === undefined ? [main] : [main, override];
  const files = await Promise.all(names.map(async (name) => ({ name, text: await readText(folder, name) })));
  return { files, ...(there.has('.env') && { env: await readText(folder, '.env') }) };
}

/** The text of a file that a service extends, by its path from the folder; null if it isn't in what was chosen, or can't be read. */
export const readOther = (folder: string, granted: readonly string[], path: string): Promise<string | null> =>
  readText(folder, path, granted).catch(() => null);

async function readText(folder: string, name: string, granted: readonly string[] = [folder]): Promise<string> {
  const file = resolve(folder, name);
  // a link could lead to any file of the person's, whose text would then be handed to a build
  const [real, ...roots] = await Promise.all([realpath(file).catch(() => undefined), ...granted.map((root) => realpath(root))]);
  if (real !== undefined && !roots.some((root) => isWithin(root as string, real))) throw leadsOut(name);
  const content = real === undefined ? undefined : await readSmallFile(real, largest);
  if (content === undefined) throw unreadable(name);
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(content);
  } catch {
    throw notText(name);
  }
}

const leadsOut = (name: string): FailureError =>
  new FailureError({
    kind: 'not-granted',
    title: `${name} is a link that leads out of the folder`,
    detail: 'Layerdeck only reads what’s in the folder that you chose.',
    hint: 'Put the file itself in the folder.',
  });

const unreadable = (name: string): FailureError =>
  new FailureError({
    kind: 'invalid-input',
    title: `${name} can’t be read`,
    detail: `It isn’t a plain file, your user may not read it, or it’s larger than ${largest / 1024} KB.`,
    hint: 'Check the file, or build one of the folder’s Dockerfiles without it.',
  });

const notText = (name: string): FailureError =>
  new FailureError({
    kind: 'invalid-input',
    title: `${name} isn’t plain text`,
    detail: 'It has bytes that aren’t UTF-8, the way that Compose expects text to be stored.',
    hint: 'Save the file as UTF-8 in your editor.',
  });
