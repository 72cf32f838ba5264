import { DigestCheck } from '../formats/digest.ts';
import type { Tarball } from '../formats/packing/look-at-file.ts';
import { unpack } from '../formats/packing/unpack.ts';
import { damaged } from '../formats/refused-archive.ts';
import { TarCutter } from '../formats/tar/tar-cutter.ts';
import type { FoundRecord } from './found-record.ts';

/** Compares everything that build records name with its digest. Works in the calling thread: not for the main process. */
export async function checkRecords(tarball: Tarball, records: FoundRecord[]): Promise<void> {
  const digests = new Map(records.flatMap(({ blobs }) => blobs).map(({ digest, offset }) => [offset, digest]));
  const cutter = new TarCutter();
  let body: { left: number; check: DigestCheck } | undefined;
  for await (const chunk of unpack(tarball, { onRead: () => {}, isBrief: true })) {
    for (const piece of cutter.cut(chunk)) {
      if (piece.kind === 'head') {
        const digest = digests.get(piece.member.offset);
        body = digest === undefined ? undefined : { left: piece.member.size, check: new DigestCheck(digest) };
        if (body?.left === 0 && !body.check.isRight) throw changed;
      } else if (piece.kind === 'body' && body) {
        body.check.update(piece.bytes);
        body.left -= piece.bytes.length;
        if (body.left === 0 && !body.check.isRight) throw changed;
      }
    }
  }
}

const changed = damaged('part of a build record was changed: its digest is different');
