import { LayerDigests, type SeenDigests } from '../../foundation/formats/layer-digests.ts';
import { excessive } from '../../foundation/formats/refused-archive.ts';
import type { TarPiece } from '../../foundation/formats/tar/tar-cutter.ts';
import { ArchiveIndex } from '../../foundation/image-archive/archive-index.ts';
import { checkLayer } from '../../foundation/image-archive/check-layer.ts';
import { describeImage } from '../../foundation/image-archive/describe-image.ts';
import { findImages } from '../../foundation/image-archive/find-images.ts';
import type { FoundImage, FoundImages } from '../../foundation/image-archive/found-image.ts';
import { isLegacy } from '../../foundation/image-archive/legacy-images.ts';
import { refuseTarball } from '../../foundation/image-archive/refuse-tarball.ts';

/** The most bodies whose digests are remembered; the index remembers as many names. */
const mostBodies = 200_000;

/**
 * Watches a tarball on its way to an engine, and knows at the end which images are in it and whether every layer matches its
 * image. Which entries are layers is known only from what comes last, so the digest of every entry is kept.
 */
export class WatchedArchive {
  readonly index = new ArchiveIndex();
  readonly #seen = new Map<number, SeenDigests>();
  #body: { offset: number; left: number; digests: LayerDigests } | undefined;

  /** Takes a piece. Undefined unless there is something to wait for. */
  see(piece: TarPiece): Promise<void> | undefined {
    this.index.take(piece);
    if (piece.kind === 'head') {
      const { kind, size, offset } = piece.member;
      this.#body = kind === 'file' && size > 0 ? { offset, left: size, digests: new LayerDigests() } : undefined;
      return undefined;
    }
    const body = this.#body;
    if (piece.kind !== 'body' || !body) return undefined;
    body.left -= piece.bytes.length;
    const taken = body.digests.take(piece.bytes);
    return body.left > 0 ? taken : this.#end(body.offset, body.digests, taken);
  }

  /** The images that were in it. Throws a refusal if there are none or a layer does not match. */
  async finish(): Promise<FoundImages> {
    const found = findImages(this.index, isLegacy(this.index) ? (offset) => this.#seen.get(offset)?.unpacked ?? undefined : undefined);
    if (!found) throw refuseTarball(this.index);
    for (const image of found.images) await this.#check(image);
    return found;
  }

  async #end(offset: number, digests: LayerDigests, taken: Promise<void> | undefined): Promise<void> {
    await taken;
    const seen = await digests.end();
    if (this.#seen.size < mostBodies) this.#seen.set(offset, seen);
  }

  async #check(image: FoundImage): Promise<void> {
    const { layers } = describeImage(image);
    for (const [at, layer] of image.layers.entries()) {
      if (layer.isAbsent) continue;
      const seen = layer.size === 0 ? await new LayerDigests().end() : this.#seen.get(layer.offset);
      if (!seen) throw excessive(`there are more than ${mostBodies.toLocaleString('en')} files`);
      const { instruction } = layers[at] ?? {};
      checkLayer({ ...layer, number: at + 1, of: image.layers.length, ...(instruction && { instruction }) }, seen);
    }
  }
}
