import { TarCutter, type TarPiece } from './tar-cutter.ts';
import { tarHeader, tarPadding } from './tar-header.ts';
import type { TarMember } from './tar-member.ts';

export type Rewriting = {
  /** Whether an entry is left out, together with its body. */
  isLeftOut(member: TarMember): boolean;
  /** Called with every original piece. The next one follows when this has resolved. */
  see?(piece: TarPiece): Promise<void> | undefined;
  /** Files added after all others. An error thrown here cuts the tarball off before its end. */
  append?(): Promise<Iterable<Buffer> | AsyncIterable<Buffer>>;
};

/** A tarball with some entries left out and others added; everything else passes unchanged. */
export async function* rewriteTar(tarball: AsyncIterable<Buffer>, rewriting: Rewriting): AsyncGenerator<Buffer> {
  const cutter = new TarCutter();
  let isLeftOut = false;
  let hasEnd = false;
  for await (const chunk of tarball) {
    for (const piece of cutter.cut(chunk)) {
      // there may be millions of pieces: only promises are awaited
      const seen = rewriting.see?.(piece);
      if (seen) await seen;
      if (piece.kind === 'head') isLeftOut = rewriting.isLeftOut(piece.member);
      if (piece.kind === 'end' && !hasEnd) {
        yield* (await rewriting.append?.()) ?? [];
        hasEnd = true;
      }
      if (!isLeftOut || piece.kind === 'end') yield piece.bytes;
    }
  }
  if (hasEnd) return;
  const missing = cutter.finish();
  if (!isLeftOut) yield missing;
  yield* (await rewriting.append?.()) ?? [];
}

/** A file as a tarball entry. */
export const tarFile = (name: string, body: Buffer): Buffer[] => [
  tarHeader({ name, kind: 'file', mode: 0o644, size: body.length, modified: 0 }),
  body,
  tarPadding(body.length),
];
