import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Readable } from 'node:stream';
import { createGunzip, createZstdDecompress } from 'node:zlib';
import { extract } from 'tar-stream';

export type Recognised = { kind: 'folder' | 'tarball' } | { kind: 'other'; reason: string };

/** Entries looked at before a tarball is taken for something else. */
const entriesToSee = 5;
/** Bytes unpacked at most to see them: an archive may be made to unpack without end. */
const bytesToUnpack = 4 * 1024 * 1024;

/** Tells by its first bytes what a dropped or chosen path is; reads no more than a few megabytes of it. */
export async function recognise(path: string): Promise<Recognised & { size: number }> {
  const facts = await stat(path);
  if (facts.isDirectory()) return { kind: 'folder', size: 0 };
  const { size } = facts;
  const other = (reason: string) => ({ kind: 'other' as const, reason, size });
  if (!facts.isFile()) return other('It is neither a file nor a folder.');
  if (size === 0) return other('The file is empty.');
  const packing = packingOf(await head(path));
  if (packing === 'xz') return { kind: 'tarball', size }; // only the engine can unpack it
  if (packing === 'unknown') return other(`${basename(path)} is not a tarball. Images are kept in .tar, .tar.gz, .tgz or .tar.zst files.`);
  const names = await firstNames(path, packing).catch(() => undefined);
  if (!names) return other('The file begins like a tarball, but is damaged.');
  if (names.some(belongsToImage)) return { kind: 'tarball', size };
  return other('It is a tarball, but not of an image: the list of layers that an image archive begins with is missing.');
}

type Packing = 'none' | 'gzip' | 'zstd' | 'xz' | 'unknown';

async function head(path: string): Promise<Buffer> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(512), 0, 512, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

function packingOf(bytes: Buffer): Packing {
  if (bytes.subarray(0, 2).equals(Buffer.from([0x1f, 0x8b]))) return 'gzip';
  if (bytes.subarray(0, 4).equals(Buffer.from([0x28, 0xb5, 0x2f, 0xfd]))) return 'zstd';
  if (bytes.subarray(0, 6).equals(Buffer.from([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00]))) return 'xz';
  return bytes.subarray(257, 262).toString('latin1') === 'ustar' ? 'none' : 'unknown';
}

// What docker save and OCI tools put first: blobs and an index, or a folder named after the layer's id.
const belongsToImage = (name: string): boolean =>
  /^(?:\.\/)?(?:blobs(?:\/|$)|manifest\.json$|index\.json$|oci-layout$|repositories$|[0-9a-f]{64}(?:\/|\.json$|\.tar$|$))/.test(name);

async function firstNames(path: string, packing: Packing): Promise<string[]> {
  const file = createReadStream(path, { end: bytesToUnpack });
  const names: string[] = [];
  const tar = extract();
  const unpacked: Readable = packing === 'gzip' ? file.pipe(createGunzip()) : packing === 'zstd' ? file.pipe(createZstdDecompress()) : file;
  let seen = 0;
  unpacked.on('data', (chunk: Buffer) => {
    seen += chunk.length;
    if (seen > bytesToUnpack) tar.destroy();
  });
  for (const stream of [file, unpacked]) stream.on('error', (error: Error) => tar.destroy(error));
  unpacked.pipe(tar);
  try {
    for await (const entry of tar) {
      names.push(entry.header.name);
      if (names.length >= entriesToSee || belongsToImage(entry.header.name)) break;
      entry.resume();
    }
  } catch (error) {
    // the look was cut short by us, or the file ends within its first entry: what was seen decides
    if (names.length === 0) throw error;
  } finally {
    file.destroy();
    unpacked.destroy();
  }
  return names;
}
