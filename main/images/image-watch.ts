import { EventEmitter } from 'node:events';
import type { ImageList, ImageSummary } from '../../contract/image.ts';
import type { EngineEvent } from '../engine/events.ts';
import type { Engine } from '../engine/open-engine.ts';
import { diskUse, type IndexedImage, type LayerIndex, ownSizes } from './layer-index.ts';
import { listImages } from './list-images.ts';

/** Milliseconds that events are gathered before the list is asked for again; a build sends dozens. */
const gatherFor = 120;

/** The list of images, kept current by the engine's events; never asked for by a clock. */
export class ImageWatch extends EventEmitter<{ list: [ImageList | undefined] }> {
  #list: ImageList | undefined;
  #engine: Engine | undefined;
  #timer: NodeJS.Timeout | undefined;
  /** The reading that is under way, and whether it is outdated already. */
  #reading: { again: boolean } | undefined;
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
    // an engine that hangs may never answer: what it still owes must not keep the next one from being read
    this.#reading = undefined;
    this.#index.forget();
    if (engine) void this.#refresh();
    else this.#change(undefined);
  }

  /** Reads the list again where the event may have changed it: containers only matter as users of images. */
  notice({ Type, Action }: EngineEvent): void {
    // a health check alone sends three events, every few seconds
    if (Type === 'image' || /^(?:create|destroy|remove|rename)\b/.test(Action)) this.touch();
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
    const engine = this.#engine;
    if (this.#reading) this.#reading.again = true;
    if (this.#reading || !engine) return;
    const reading = { again: false };
    this.#reading = reading;
    do {
      reading.again = false;
      await this.#read(engine).catch(() => {}); // the engine went away: the connection says so
    } while (reading.again && engine === this.#engine);
    if (this.#reading === reading) this.#reading = undefined;
  }

  async #read(engine: Engine): Promise<void> {
    const images = await listImages(engine);
    if (engine !== this.#engine) return;
    this.#change(withKnownSizes(images, this.#list));
    this.#index.keepOnly(new Set(images.map(({ id }) => id)));
    const indexed = await Promise.all(images.map(({ id }) => this.#index.get(engine, id)));
    if (engine === this.#engine) this.#change(withSizes(images, indexed));
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
  const owns = ownSizes(known);
  const disk = diskUse(known);
  const sized = images.map((image, place) => {
    const own = owns[place];
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
