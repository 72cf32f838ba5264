/** Bytes in memory of their own, which can be moved to another thread. */
export type OwnBytes = Uint8Array<ArrayBuffer>;

/**
 * The same bytes in pieces of one size, except for the last: readers, cutters and unpackers yield smaller ones, each of which
 * would cost a write. `memory` provides the memory for each piece.
 */
export async function* joinPieces(pieces: AsyncIterable<Uint8Array>, memory: () => OwnBytes): AsyncGenerator<OwnBytes> {
  let joined = memory();
  const size = joined.length;
  let length = 0;
  for await (const piece of pieces) {
    for (let at = 0; at < piece.length; ) {
      const part = piece.subarray(at, at + size - length);
      joined.set(part, length);
      at += part.length;
      length += part.length;
      if (length < size) continue;
      yield joined;
      joined = memory();
      length = 0;
    }
  }
  if (length > 0) yield joined.subarray(0, length);
}

/** Memory of its own for each piece, which can be moved to another thread. */
export const ownMemory = (size: number) => (): OwnBytes => new Uint8Array(size);

/** Two pieces of memory in alternation: each is valid until the one after the next is asked for. */
export function twoInTurns(size: number): () => OwnBytes {
  const both = [new Uint8Array(size), new Uint8Array(size)];
  let turn = 0;
  return () => both[turn++ % 2] as OwnBytes;
}
