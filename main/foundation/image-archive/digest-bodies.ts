import { LayerDigests } from '../formats/layer-digests.ts';
import type { Tarball } from '../formats/packing/look-at-file.ts';
import { unpack } from '../formats/packing/unpack.ts';
import { TarCutter } from '../formats/tar/tar-cutter.ts';

/**
 * The digests of the unpacked bytes of all files in a tarball whose names match, by the offsets of their bodies. Works in the calling
 * thread: not for the main process.
 */
export async function digestBodies(
  tarball: Tarball,
  isWanted: (name: string) => boolean,
  onProgress: (done: number) => void,
): Promise<Map<number, string>> {
  const cutter = new TarCutter();
  const found = new Map<number, string>();
  let body: { offset: number; left: number; digests: LayerDigests } | undefined;
  for await (const chunk of unpack(tarball, { onRead: onProgress })) {
    for (const piece of cutter.cut(chunk)) {
      if (piece.kind === 'head') {
        const { name, size, offset } = piece.member;
        body = isWanted(name) && size > 0 ? { offset, left: size, digests: new LayerDigests() } : undefined;
      } else if (piece.kind === 'body' && body) {
        await body.digests.take(piece.bytes);
        body.left -= piece.bytes.length;
        if (body.left > 0) continue;
        const { unpacked } = await body.digests.end();
        if (unpacked) found.set(body.offset, unpacked);
      }
    }
  }
  return found;
}
