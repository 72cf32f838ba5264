import { EventEmitter } from 'node:events';
import type { ImageList, ImageSummary } from '../../contract/image.ts';
import type { Engine } from '../engine/open-engine.ts';
import { countUses, diskUse, type IndexedImage, type LayerIndex, ownSize } from './layer-index.ts';
import { listImages } from './list-images.ts';

/** Milliseconds that events are gathered before the list is asked for again; a build sends dozens. */
const gatherFor = 120;

/** The list of images, kept current by the engine's events; never asked for by a clock. */
export class ImageWatch extends EventEmitter<{ list: [ImageList | undefined] }> {
  #list: ImageList | undefined;
  #engine: Engine | undefined;
  #timer: NodeJS.Timeout | undefined;
  #reading = false;
  #again = false;
  readonly #index: LayerIndex;

  constructor(index: LayerIndex) {
    super();
    this.#index = index;
  }

  get list(): ImageList | undefined {
    return this.#list;
  }

  /** Begins with an engine that has just answered, or lets go of one that has gone. */
  use(engine: Engine | undefined): void {
    this.#engine = engine;
    if (engine) void this.#refresh();
    else this.#change(undefined);
  }

  /** Says that something has changed. */
  touch(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      void this.#refresh();
    }, gatherFor);
  }

  // One question at a time: with many images an answer takes seconds, and events go on coming in.
  async #refresh(): Promise<void> {
    if (this.#reading) {
      this.#again = true;
      return;
    }
    this.#reading = true;
    do {
      this.#again = false;
      await this.#read().catch(() => {}); // the engine went away: the connection says so
    } while (this.#again);
    this.#reading = false;
  }

  async #read(): Promise<void> {
    const engine = this.#engine;
    if (!engine) return;
    const images = await listImages(engine);
    if (engine !== this.#engine) return;
    this.#change(withKnownSizes(images, this.#list));
    this.#index.keepOnly(new Set(images.map(({ id }) => id)));
    const indexed = await Promise.all(images.map(({ id }) => this.#index.get(engine, id)));
    if (engine === this.#engine && !this.#again) this.#change(withSizes(images, indexed));
  }

  #change(list: ImageList | undefined): void {
    if (JSON.stringify(list) === JSON.stringify(this.#list)) return;
    this.#list = list;
    this.emit('list', list);
  }
}

function withSizes(images: ImageSummary[], indexed: (IndexedImage | undefined)[]): ImageList {
  const known = indexed.filter((image) => image !== undefined);
  if (known.length < images.length) return { images };
  const uses = countUses(known);
  const disk = diskUse(known);
  const sized = images.map((image, place) => {
    const own = known[place] && ownSize(known[place], uses);
    return own === undefined ? image : { ...image, ownSize: own };
  });
  return { images: sized, ...(disk && { disk }) };
}

// Until the layers are known again, the last known bytes stay: a bar that blinks at each event helps nobody.
function withKnownSizes(images: ImageSummary[], before: ImageList | undefined): ImageList {
  const sizes = new Map(before?.images.map(({ id, ownSize: own }) => [id, own]));
  const sized = images.map((image) => {
    const own = sizes.get(image.id);
    return own === undefined ? image : { ...image, ownSize: own };
  });
  return { images: sized, ...(before?.disk && { disk: before.disk }) };
}
