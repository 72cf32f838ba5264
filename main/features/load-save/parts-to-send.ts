import { Readable } from 'node:stream';
import { createGzip } from 'node:zlib';
import { joinPieces, type OwnBytes, twoInTurns } from '../../foundation/formats/packing/joined-pieces.ts';
import type { Tarball } from '../../foundation/formats/packing/look-at-file.ts';
import { unpack } from '../../foundation/formats/packing/unpack.ts';
import { checkWhole } from '../../foundation/formats/tar/check-whole.ts';
import type { FoundImage } from '../../foundation/image-archive/found-image.ts';
import { checkShown, contentsOf } from '../../foundation/image-archive/shown-contents.ts';
import { type ExpectedImage, listsToSend, type Receiver } from './lists-to-send.ts';
import { rewriteArchive } from './rewrite-archive.ts';
import { type AddedLayer, addedFirst } from './suitcase/added-layers.ts';

export type LoadChanges = Receiver & {
  /** Whether the engine is on another computer, so that bytes are slow to send. */
  isFar: boolean;
  /** Names of layers that are read and checked, but not sent. */
  leftOut?: ReadonlySet<string>;
  /** What the person was shown of the file. */
  shown?: string | undefined;
  /** Layers that the file leaves out, to be read elsewhere. */
  added?: readonly AddedLayer[];
};

/** What is known once a tarball has been read to its end. */
export type ReadArchive = { images: FoundImage[]; expected: ExpectedImage[]; keptBack: string[] };

/**
 * Bytes to send, with the position in the file up to which it has been read; or, once, what was read. Bytes stay valid until the
 * part after the next is requested.
 */
export type SendingPart = { bytes: OwnBytes; position: number } | { read: ReadArchive };

/** How many bytes are sent at once. */
const pieceSize = 512 * 1024;

/**
 * The images in a file, unpacked here, as engines may not be able to: zstd before Docker 23, and xz, which needs a separate program.
 * The lists of images come last and are Layerdeck's own, so that the engine reads what the preview shows, without the names that
 * are kept back. If a layer does not match its image, or the file differs from what was shown, it throws before the end: an engine
 * loads nothing from an incomplete tarball. Blocks its thread.
 */
export async function* partsToLoad(
  tarball: Tarball,
  { isFar, leftOut, shown, added = [], ...receiver }: LoadChanges,
): AsyncGenerator<SendingPart> {
  let read: ReadArchive | undefined;
  let position = 0;
  const onRead = (now: number) => {
    position = now;
  };
  const rewritten = rewriteArchive(unpack(tarball, { onRead, isBrief: true }), leftOut, (found) => {
    checkShown(contentsOf(found.images), shown);
    const { files, ...rest } = listsToSend(found, receiver);
    read = { images: leftOut ? found.images.map((image) => without(image, leftOut)) : found.images, ...rest };
    return addedFirst(added, files);
  });
  const sent = isFar && tarball.packing !== 'none' ? packedLightly(rewritten) : rewritten;
  for await (const bytes of joinPieces(sent, twoInTurns(pieceSize))) {
    if (read) yield { read };
    read = undefined;
    yield { bytes, position };
  }
}

/** The image as the engine gets it. */
const without = (image: FoundImage, leftOut: ReadonlySet<string>): FoundImage => ({
  ...image,
  layers: image.layers.map((layer) => (leftOut.has(layer.name) ? { ...layer, isAbsent: true } : layer)),
});

// a packed file need not cross a network unpacked; compose passes errors on
const packedLightly = (pieces: AsyncIterable<Buffer>): AsyncIterable<Buffer> => Readable.from(pieces).compose(createGzip({ level: 1 }));

/**
 * A system's files, which no digest proves complete: half a tarball would silently become half a system. For gzip, the engine
 * unpacks it and notices; other formats are unpacked here, as engines may not be able to. Blocks its thread.
 */
export async function* partsToImport(tarball: Tarball): AsyncGenerator<SendingPart> {
  let position = 0;
  const onRead = (now: number) => {
    position = now;
  };
  // a file that the engine unpacks itself is sent unchanged
  const isAsItIs = tarball.packing === 'gzip';
  const read = unpack(isAsItIs ? { ...tarball, packing: 'none' } : tarball, { onRead, isBrief: true });
  for await (const bytes of joinPieces(isAsItIs ? read : checkWhole(read), twoInTurns(pieceSize))) yield { bytes, position };
}
