import { damaged, excessive } from '../refused-archive.ts';
import { TarCutter, type TarPiece } from './tar-cutter.ts';
import { tarHeader, tarPadding } from './tar-header.ts';
import type { TarMember } from './tar-member.ts';

export type Rewriting = {
  isWanted(name: string): boolean;
  /** The new body of a wanted file. */
  rewrite(name: string, body: Buffer): Buffer;
  /** Is shown every piece as it was. The next comes when this has resolved. */
  see?(piece: TarPiece): Promise<void> | undefined;
  /** Files that come after all others. What throws here ends the tarball before its end. */
  append?(): Promise<Buffer[]>;
};

/** Bytes of a file that is rewritten. */
const mostBody = 64 * 1024 * 1024;

/** A tarball with some small files rewritten; everything else passes byte by byte. */
export async function* rewriteTar(tarball: AsyncIterable<Buffer>, rewriting: Rewriting): AsyncGenerator<Buffer> {
  const cutter = new TarCutter();
  const rewriter = new Rewriter(rewriting);
  for await (const chunk of tarball) {
    for (const piece of cutter.cut(chunk)) {
      // there may be millions of pieces: only what has to be waited for is
      const seen = rewriting.see?.(piece);
      if (seen) await seen;
      yield* rewriter.take(piece);
    }
  }
  if (cutter.ended) return;
  cutter.finish();
  yield* (await rewriting.append?.()) ?? [];
}

class Rewriter {
  readonly #rewriting: Rewriting;
  #held: { member: TarMember; parts: Buffer[]; left: number } | undefined;
  #dropsPadding = false;
  #hasEnded = false;

  constructor(rewriting: Rewriting) {
    this.#rewriting = rewriting;
  }

  async *take(piece: TarPiece): AsyncGenerator<Buffer> {
    if (piece.kind === 'head') yield* this.#takeHead(piece.member, piece.bytes);
    else if (piece.kind === 'body') yield* this.#takeBody(piece.bytes);
    else if (piece.kind === 'padding') yield* this.#dropsPadding ? [] : [piece.bytes];
    else yield* this.#takeEnd(piece.bytes);
  }

  *#takeHead(member: TarMember, bytes: Buffer): Generator<Buffer> {
    this.#dropsPadding = false;
    if (!this.#rewriting.isWanted(member.name) || member.kind === 'folder') return yield bytes;
    // a link could stand for a list under another name
    if (member.kind !== 'file' || member.isSparse) throw damaged(`“${member.name}” is no ordinary file`);
    if (member.size > mostBody) throw excessive(`“${member.name}” is longer than any description of an image`);
    if (member.size === 0) return yield bytes;
    this.#held = { member, parts: [], left: member.size };
  }

  *#takeBody(bytes: Buffer): Generator<Buffer> {
    const held = this.#held;
    if (!held) return yield bytes;
    held.parts.push(Buffer.from(bytes));
    held.left -= bytes.length;
    if (held.left > 0) return;
    this.#held = undefined;
    this.#dropsPadding = true;
    yield* tarFile(held.member.name, this.#rewriting.rewrite(held.member.name, Buffer.concat(held.parts)));
  }

  async *#takeEnd(bytes: Buffer): AsyncGenerator<Buffer> {
    if (!this.#hasEnded) yield* (await this.#rewriting.append?.()) ?? [];
    this.#hasEnded = true;
    yield bytes;
  }
}

/** A file as an entry of a tarball. */
export const tarFile = (name: string, body: Buffer): Buffer[] => [
  tarHeader({ name, kind: 'file', mode: 0o644, size: body.length, modified: 0 }),
  body,
  tarPadding(body.length),
];
