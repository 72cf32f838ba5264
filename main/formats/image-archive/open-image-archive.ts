import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import type { ArchivedImage, ImageArchive, Packing } from '../../../contract/archive.ts';
import { unpackFile } from '../packing/unpack-file.ts';
import { cutOff, RefusedArchive } from '../refused-archive.ts';
import type { FoundImage, FoundLayer, Placed } from './found-image.ts';
import { readInThread } from './read-in-thread.ts';

/** A tarball whose images can be read; the file is opened anew for each part, and may have changed by then: main/copy/checked-layer.ts compares digests. */
export type OpenedImageArchive = { preview: ImageArchive; images: OpenedImage[] };

export type OpenedImage = {
  /** What the window is shown of it; of the same number in the preview. */
  shown: ArchivedImage;
  config: OpenedBlob & { digest: string; bytes: Buffer };
  layers: OpenedLayer[];
  /** As it stands in an OCI layout, where there is one. */
  manifest?: { bytes: Buffer; digest: string; mediaType: string };
  references: string[];
};

export type OpenedBlob = {
  /** Bytes in the tarball. */
  size: number;
  /** From a packed file, everything before is unpacked and left out. The stream ends, with an error, with the signal. */
  open(signal?: AbortSignal): Promise<Readable>;
};

export type OpenedLayer = OpenedBlob & {
  /** Of the bytes as they are in the tarball; known where a manifest or the entry's name tells it. */
  digest?: string;
  diffId: string;
  mediaType: string;
  /** What it is called in the tarball. */
  name: string;
  packing: FoundLayer['packing'];
  isAbsent?: true;
};

/** Reads, in a thread of its own, where the parts of the images in a tarball are. Rejects in words where there are none. */
export async function openImageArchive(path: string, signal?: AbortSignal): Promise<OpenedImageArchive> {
  for await (const answer of readInThread(path, signal)) {
    if (answer.kind !== 'described') continue;
    const { preview, found } = answer.archive;
    if (preview.kind === 'images' && found) {
      const images = found.images.map((image, at) => openImage(path, preview.packing, image, preview.images[at] as ArchivedImage));
      return { preview, images };
    }
    const { title, reason } = preview.kind === 'refused' ? preview : systemOnly;
    throw new RefusedArchive(title, reason);
  }
  throw cutOff();
}

const systemOnly = {
  title: 'The file holds a system, not an image',
  reason: 'Import it first: that makes an image of it.',
};

function openImage(path: string, packing: Packing, { config, layers, manifest, names }: FoundImage, shown: ArchivedImage): OpenedImage {
  const blob = ({ offset, size }: Omit<Placed, 'name'>): OpenedBlob => ({
    size,
    open: async (signal) => readPart(path, packing, { offset, size }, signal),
  });
  const layer = ({ digest, diffId, mediaType, packing: packed, isAbsent, name, ...placed }: FoundLayer): OpenedLayer => ({
    ...blob(placed),
    diffId,
    mediaType,
    name,
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

function readPart(path: string, packing: Packing, { offset, size }: Omit<Placed, 'name'>, signal: AbortSignal | undefined): Readable {
  if (size === 0) return Readable.from([]);
  const given = signal && { signal };
  if (packing === 'none') return createReadStream(path, { start: offset, end: offset + size - 1, highWaterMark: 1024 * 1024, ...given });
  return Readable.from(cutOut(unpackFile(path, packing), offset, size), { objectMode: false, ...given });
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
