import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import type { ArchivedImage, ImageArchive } from '../../../contract/archive.ts';
import type { Tarball } from '../formats/packing/look-at-file.ts';
import { unpackFile } from '../formats/packing/unpack-file.ts';
import { cutOff, RefusedArchive } from '../formats/refused-archive.ts';
import { fillHoles } from '../formats/tar/fill-holes.ts';
import type { FoundImage, FoundLayer, Placed } from './found-image.ts';
import { readInThread } from './read-in-thread.ts';

/** A tarball whose images can be read; the file is opened anew for each part, and may have changed by then: main/features/copy/checked-layer.ts compares digests. */
export type OpenedImageArchive = { preview: ImageArchive; images: OpenedImage[] };

export type OpenedImage = {
  /** What the window shows about it; the entry at the same index in the preview. */
  shown: ArchivedImage;
  config: OpenedBlob & { digest: string; bytes: Buffer };
  layers: OpenedLayer[];
  /** As it is in an OCI layout, if there is one. */
  manifest?: { bytes: Buffer; digest: string; mediaType: string };
  references: string[];
};

export type OpenedBlob = {
  /** Bytes in the tarball. */
  size: number;
  /** In a packed file, everything before it is unpacked and skipped. The signal ends the stream with an error. */
  open(signal?: AbortSignal): Promise<Readable>;
};

export type OpenedLayer = OpenedBlob & {
  /** Of the bytes as they are in the tarball; known if a manifest or the entry's name contains it. */
  digest?: string;
  diffId: string;
  mediaType: string;
  /** Its name in the tarball, and where its bytes begin once the tarball is unpacked. */
  name: string;
  offset: number;
  packing: FoundLayer['packing'];
  isAbsent?: true;
};

/** Finds, in a thread of its own, the parts of the images in a tarball. Rejects with an explanation if there are none. */
export async function openImageArchive(path: string, signal?: AbortSignal): Promise<OpenedImageArchive> {
  for await (const answer of readInThread(path, signal)) {
    if (answer.kind !== 'described') continue;
    const { preview, tarball, found, hasFilled } = answer.archive;
    if (preview.kind === 'images' && tarball && found) {
      const source: Source = { tarball, hasFilled: hasFilled ?? false };
      const images = found.images.map((image, at) => openImage(source, image, preview.images[at] as ArchivedImage));
      return { preview, images };
    }
    const { title, reason } = preview.kind === 'refused' ? preview : systemOnly;
    throw new RefusedArchive(title, reason);
  }
  throw cutOff();
}

const systemOnly = {
  title: 'The file holds a system, not an image',
  reason: 'Import it first: that makes an image from it.',
};

type Source = { tarball: Tarball; hasFilled: boolean };

function openImage(source: Source, { config, layers, manifest, names }: FoundImage, shown: ArchivedImage): OpenedImage {
  const blob = ({ offset, size }: Omit<Placed, 'name'>): OpenedBlob => ({
    size,
    open: async (signal) => readPart(source, { offset, size }, signal),
  });
  const layer = ({ digest, diffId, mediaType, packing: packed, isAbsent, name, ...placed }: FoundLayer): OpenedLayer => ({
    ...blob(placed),
    diffId,
    mediaType,
    name,
    offset: placed.offset,
    packing: packed,
    ...(digest && { digest }),
    ...(isAbsent && { isAbsent }),
  });
  return {
    shown,
    config: { ...blob(config), digest: config.digest, bytes: Buffer.from(config.text) },
    layers: layers.map(layer),
    references: names.map(({ docker }) => docker),
    ...(manifest && { manifest: { ...manifest, bytes: Buffer.from(manifest.text) } }),
  };
}

function readPart({ tarball, hasFilled }: Source, { offset, size }: Omit<Placed, 'name'>, signal: AbortSignal | undefined): Readable {
  if (size === 0) return Readable.from([]);
  const given = signal && { signal };
  if (tarball.packing === 'none' && !hasFilled)
    return createReadStream(tarball.path, { start: offset, end: offset + size - 1, highWaterMark: 1024 * 1024, ...given });
  const unpacked = unpackFile(tarball);
  return Readable.from(cutOut(hasFilled ? fillHoles(unpacked) : unpacked, offset, size), { objectMode: false, ...given });
}

async function* cutOut(unpacked: AsyncIterable<Buffer>, offset: number, size: number): AsyncGenerator<Buffer> {
  let position = 0;
  for await (const chunk of unpacked) {
    const begin = Math.max(0, offset - position);
    const piece = chunk.subarray(begin, Math.max(begin, offset + size - position));
    position += chunk.length;
    if (piece.length > 0) yield piece;
    if (position >= offset + size) return;
  }
  throw cutOff();
}
