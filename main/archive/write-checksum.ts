import { writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { PartialFiles } from './partial-files.ts';

/** Writes a file's sum beside it, so that `sha256sum --check` can compare the two. */
export async function writeChecksum(partials: PartialFiles, target: string, sha256: string): Promise<void> {
  const text = checksumLine(basename(target), sha256);
  await partials.write(`${target}.sha256`, async (partial) => {
    await writeFile(partial, text, { flag: 'wx', flush: true });
    return {};
  });
}

/** As sha256sum writes it: a name with a backslash or a new line is marked at the front. */
export function checksumLine(name: string, sha256: string): string {
  const written = name.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('\r', '\\r');
  return `${written === name ? '' : '\\'}${sha256}  ${written}\n`;
}
