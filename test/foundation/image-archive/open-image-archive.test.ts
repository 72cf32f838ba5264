import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { gunzipSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { openImageArchive } from '../../../main/foundation/image-archive/open-image-archive.ts';
import { previewArchive } from '../../../main/foundation/image-archive/preview-archive.ts';
import { digestOf } from '../../../tools/fuzz/make-tarball.ts';
import { dockerArchive, layer, ociArchive, rootArchive } from '../../../tools/fuzz/sample-archives.ts';
import { WorkFolder } from '../../support/work-folder.ts';

describe.each([
  ['plain', (bytes: Buffer) => bytes],
  ['gzip', gzipSync],
  ['zstd', zstdCompressSync],
] as const)('%s', (_, pack) => {
  test('the parts of a docker tarball are read, even through links', async () => {
    using folder = new WorkFolder({ x: pack(dockerArchive()) });
    const { images, preview } = await openImageArchive(folder.file('x'));
    expect(images.map(({ shown }) => shown)).toEqual(preview.images);
    const [, second] = images;
    expect(second?.manifest).toBeUndefined();
    const config = await buffer((await second?.config.open()) ?? Readable.from([]));
    expect(digestOf(config)).toBe(second?.config.digest);
    const layers = await Promise.all((second?.layers ?? []).map(async (one) => buffer(await one.open())));
    expect(layers.map(digestOf)).toEqual([layer('shared'), layer('two')].map(digestOf));
    expect(second?.layers.map(({ diffId }) => diffId)).toEqual(layers.map(digestOf));
  });

  test('those of an OCI layout come with their manifest, as they are', async () => {
    using folder = new WorkFolder({ x: pack(ociArchive()) });
    const [first] = (await openImageArchive(folder.file('x'))).images;
    expect(first?.manifest?.digest).toBe(digestOf(first?.manifest?.bytes ?? ''));
    for (const { open, digest, size, packing, diffId, mediaType } of first?.layers ?? []) {
      const bytes = await buffer(await open());
      expect({ digest, size, packing }).toEqual({ digest: digestOf(bytes), size: bytes.length, packing: 'gzip' });
      expect(mediaType).toBe('application/vnd.oci.image.layer.v1.tar+gzip');
      expect(digestOf(gunzipSync(bytes))).toBe(diffId);
    }
  });
});

test('a file without an image is refused with the reason', async () => {
  using folder = new WorkFolder({ x: rootArchive(), y: 'text' });
  await expect(openImageArchive(folder.file('x'))).rejects.toMatchObject({
    failure: { kind: 'bad-archive', title: 'The file holds a system, not an image' },
  });
  await expect(openImageArchive(folder.file('y'))).rejects.toMatchObject({ failure: { title: 'This is text, not an image' } });
});

test('reading ends with the signal, and so does a stream of a part', async () => {
  using folder = new WorkFolder({ x: gzipSync(dockerArchive()) });
  await expect(openImageArchive(folder.file('x'), AbortSignal.abort(new Error('enough')))).rejects.toThrow('enough');
  const { images } = await openImageArchive(folder.file('x'));
  const abort = new AbortController();
  const stream = await images[0]?.layers[0]?.open(abort.signal);
  abort.abort();
  await expect(buffer(stream ?? Readable.from([]))).rejects.toThrow(/abort/i);
});

test('a missing file is reported as missing', async () => {
  await expect(openImageArchive('/nowhere/x.tar')).rejects.toMatchObject({ failure: { kind: 'not-found' } });
});

test('a preview ends with what is in the file', async () => {
  using folder = new WorkFolder({ x: dockerArchive() });
  const events = await Array.fromAsync(previewArchive(folder.file('x')));
  expect(events.at(-1)).toMatchObject({ kind: 'preview', preview: { kind: 'images' } });
});
