import { DigestsThread } from '../formats/digests-thread.ts';
import { ArchiveIndex } from '../formats/image-archive/archive-index.ts';
import { checkLayer } from '../formats/image-archive/check-layer.ts';
import { describeImage } from '../formats/image-archive/describe-image.ts';
import { findImages } from '../formats/image-archive/find-images.ts';
import type { FoundImage, FoundImages } from '../formats/image-archive/found-image.ts';
import { refuseTarball } from '../formats/image-archive/refuse-tarball.ts';
import { LayerDigests, type SeenDigests } from '../formats/layer-digests.ts';
import { excessive } from '../formats/refused-archive.ts';
import type { TarPiece } from '../formats/tar/tar-cutter.ts';

/** Bodies whose digests are remembered; the index remembers as many names. */
const mostBodies = 200_000;
/** Bytes of a body that are digested sooner than a thread is told of them. */
const smallBody = 64 * 1024;

/**
 * Watches a tarball stream by on its way to an engine, and knows at its end which images are in it and whether every layer is
 * what its image says. Which entries are layers is told by what comes last, so the digest of each is kept.
 */
export class WatchedArchive {
  readonly index = new ArchiveIndex();
  readonly #seen = new Map<number, SeenDigests | Promise<SeenDigests>>();
  #thread: DigestsThread | undefined;
  #body: { offset: number; left: number; digests: LayerDigests | DigestsThread } | undefined;

  /** What resolves at once is no promise. */
  see(piece: TarPiece): Promise<void> | undefined {
    this.index.take(piece);
    if (piece.kind === 'head') {
      const { kind, size, offset } = piece.member;
      this.#body = kind === 'file' && size > 0 ? { offset, left: size, digests: this.#digestsOf(size) } : undefined;
      return undefined;
    }
    const body = this.#body;
    if (piece.kind !== 'body' || !body) return undefined;
    body.left -= piece.bytes.length;
    const taken = body.digests.take(piece.bytes);
    return body.left > 0 ? taken : this.#end(body.offset, body.digests, taken);
  }

  /** The images that were in it. Throws a refusal where there are none or a layer was changed. */
  async finish(): Promise<FoundImages> {
    const found = findImages(this.index);
    if (!found) throw refuseTarball(this.index);
    for (const image of found.images) await this.#check(image);
    return found;
  }

  /** Ends it, whole or not. */
  async close(): Promise<void> {
    await this.#thread?.close();
  }

  #digestsOf(size: number): LayerDigests | DigestsThread {
    if (size <= smallBody) return new LayerDigests();
    this.#thread ??= new DigestsThread();
    return this.#thread;
  }

  async #end(offset: number, digests: LayerDigests | DigestsThread, taken: Promise<void> | undefined): Promise<void> {
    await taken;
    const seen = digests.end();
    // what the thread still has to do does not hold up what comes next
    if (this.#seen.size < mostBodies) this.#seen.set(offset, digests instanceof DigestsThread ? seen : await seen);
  }

  async #check(image: FoundImage): Promise<void> {
    const { layers } = describeImage(image);
    for (const [at, layer] of image.layers.entries()) {
      if (layer.isAbsent) continue;
      const seen = layer.size === 0 ? await new LayerDigests().end() : await this.#seen.get(layer.offset);
      if (!seen) throw excessive(`there are more than ${mostBodies.toLocaleString('en')} files`);
      const { instruction } = layers[at] ?? {};
      checkLayer({ ...layer, number: at + 1, of: image.layers.length, ...(instruction && { instruction }) }, seen);
    }
  }
}
