import { cleanName } from '../formats/image-archive/clean-name.ts';
import { readStart } from '../formats/image-archive/read-start.ts';
import { detectPacking } from '../formats/packing/detect-packing.ts';
import { unpackFile } from '../formats/packing/unpack-file.ts';
import { TarCutter } from '../formats/tar/tar-cutter.ts';

/** Whether a tarball begins like an OCI layout; also docker from 25 on writes one, with a list of its own in it. Reads little of it. */
export async function holdsOciLayout(path: string): Promise<boolean> {
  const packing = detectPacking(await readStart(path));
  if (!packing) return false;
  try {
    const cutter = new TarCutter();
    for await (const chunk of unpackFile(path, packing)) {
      for (const piece of cutter.cut(chunk)) {
        const name = piece.kind === 'head' ? cleanName(piece.member.name) : undefined;
        // the folder itself comes first in tarballs of tar's own
        if (name) return /^(?:blobs(?:\/|$)|index\.json$|oci-layout$)/.test(name);
      }
    }
  } catch {
    // the engine says what is wrong with it
  }
  return false;
}
