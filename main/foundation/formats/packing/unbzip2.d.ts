// the parts of the package that unpack block by block: its stream stores each byte of a block as a separate number

declare module '@openpgp/unbzip2-stream/lib/bit_iterator.js' {
  /** Reads bits; throws a TypeError when `nextBytes` has no more. */
  type Bits = ((count: number | null) => number) & { bytesRead: number };
  export default function bitIterator(nextBytes: () => Uint8Array | undefined): Bits;
}

declare module '@openpgp/unbzip2-stream/lib/bzip2.js' {
  import type bitIterator from '@openpgp/unbzip2-stream/lib/bit_iterator.js';

  type Bits = ReturnType<typeof bitIterator>;
  const bzip2: {
    /** The unpacked size of its blocks in units of 100,000 bytes, before runs of a byte are expanded. */
    header(bits: Bits): number;
    /** Passes each byte of the next block to `give` and returns the checksum so far; null at the end of the stream. */
    decompress(bits: Bits, give: (byte: number) => void, room: Int32Array, size: number, sum: number): number | null;
  };
  export default bzip2;
}
