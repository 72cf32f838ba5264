import { writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { PartialFiles } from '../../foundation/files/partial-files.ts';

/** Writes a file's checksum beside it, so that `sha256sum --check` can verify the file. */
export async function writeChecksum(partials: PartialFiles, target: string, sha256: string): Promise<void> {
  const text = checksumLine(basename(target), sha256);
  await partials.write(`${target}.sha256`, async (partial) => {
    await writeFile(partial, text, { flag: 'wx', flush: true });
    return {};
  });
}

/** A line as sha256sum writes it, with a backslash at the front if the name has a backslash or a line break. */
export function checksumLine(name: string, sha256: string): string {
  const written = name.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('\r', '\\r');
  return `${written === name ? '' : '\\'}${sha256}  ${written}\n`;
}
