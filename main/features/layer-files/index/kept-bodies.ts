import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';

/** The most bytes that are kept of one layer: a large system's lists of files have some twenty million. */
const mostBytes = 64 * 1024 ** 2;

// what package managers write down of what they installed
const databases =
  /^(?:var\/lib\/dpkg\/(?:status|status\.d\/[^/]+|info\/[^/]+\.list)|(?:usr\/)?lib\/apk\/db\/installed|(?:var\/lib|usr\/lib\/sysimage)\/rpm\/rpmdb\.sqlite)$/;

/** The bodies of a few files of a layer, packed: those that say which package a file belongs to. */
export type KeptColumns = {
  /** Numbers of files. */
  keptFiles: Uint32Array;
  /** Where the body of each ends in the unpacked bytes. */
  keptEnds: Uint32Array;
  kept: Uint8Array;
};

/** Collects bodies while a layer passes. */
export class KeptBodies {
  readonly #files: number[] = [];
  readonly #ends: number[] = [];
  readonly #parts: Buffer[] = [];
  #length = 0;

  /** Whether the body of a file shall be kept; its name as the tarball has it. */
  wants(name: string, size: number): boolean {
    return size > 0 && this.#length + size <= mostBytes && databases.test(name.replace(/^(?:\.?\/)+/, ''));
  }

  begin(file: number): void {
    this.#files.push(file);
    this.#ends.push(this.#length);
  }

  /** The bytes may be used again afterwards. */
  take(bytes: Buffer): void {
    this.#parts.push(Buffer.from(bytes));
    this.#length += bytes.length;
    this.#ends[this.#ends.length - 1] = this.#length;
  }

  get columns(): KeptColumns {
    const kept = this.#length === 0 ? new Uint8Array(0) : zstdCompressSync(Buffer.concat(this.#parts));
    return { keptFiles: Uint32Array.from(this.#files), keptEnds: Uint32Array.from(this.#ends), kept };
  }
}

/** Bodies that were kept, by the numbers of their files. */
export function unpackKept({ keptFiles, keptEnds, kept }: KeptColumns): Map<number, Buffer> {
  if (kept.length === 0) return new Map();
  const bytes = zstdDecompressSync(kept, { maxOutputLength: mostBytes });
  return new Map([...keptFiles].map((file, at) => [file, bytes.subarray(keptEnds[at - 1] ?? 0, keptEnds[at])]));
}
