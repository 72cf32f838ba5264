import type { Readable } from 'node:stream';
import type { ArchivedImage, ImageArchive } from '../../../contract/archive.ts';
import { cutOff, RefusedArchive } from '../formats/refused-archive.ts';
import type { StoredLayer } from '../receipts/receipt.ts';
import { recordsOnly } from './find-records.ts';
import type { FoundImage, FoundLayer, Placed } from './found-image.ts';
import { readInThread } from './read-in-thread.ts';
import { type PartSource, readPart } from './read-part.ts';

/** A tarball whose images can be read; the file is opened anew for each part, and may have changed by then: main/features/copy/checked-layer.ts compares digests. */
export type OpenedImageArchive = { preview: ImageArchive; images: OpenedImage[]; source: PartSource; stored: readonly StoredLayer[] };

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
    const { preview, tarball, found, hasFilled, stored = [] } = answer.archive;
    if (preview.kind === 'images' && tarball && found) {
      const source: PartSource = { tarball, hasFilled: hasFilled ?? false };
      const images = found.images.map((image, at) => openImage(source, image, preview.images[at] as ArchivedImage));
      return { preview, images, source, stored };
    }
    const { title, reason } = preview.kind === 'refused' ? preview : preview.kind === 'build-records' ? recordsOnly : systemOnly;
    throw new RefusedArchive(title, reason);
  }
  throw cutOff();
}

const systemOnly = {
  title: 'The file holds a system, not an image',
  reason: 'Import it first: that makes an image from it.',
};

function openImage(source: PartSource, { config, layers, manifest, names }: FoundImage, shown: ArchivedImage): OpenedImage {
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
