import { EventEmitter } from 'node:events';
import type { ImageList } from '../../../contract/image.ts';
import type { EngineEvent } from '../../foundation/engine/events.ts';
import type { Engine } from '../../foundation/engine/open-engine.ts';
import type { LayerIndex } from './layer-index.ts';
import { listImages } from './list-images.ts';
import { readPackedStore } from './packed-store.ts';
import { withKnownSizes, withSizes } from './sized-list.ts';

/** Milliseconds to collect events before the list is read again; a build sends dozens. */
const gatherFor = 120;

/** The list of images, kept up to date by the engine's events, without polling. */
export class ImageWatch extends EventEmitter<{ list: [ImageList | undefined] }> {
  #list: ImageList | undefined;
  #engine: Engine | undefined;
  #timer: NodeJS.Timeout | undefined;
  /** The current read, and whether it is already outdated. */
  #reading: { again: boolean } | undefined;
  readonly #index: LayerIndex;

  constructor(index: LayerIndex) {
    super();
    this.#index = index;
  }

  get list(): ImageList | undefined {
    return this.#list;
  }

  /** Starts with an engine that has just answered, or drops one that is gone. */
  use(engine: Engine | undefined): void {
    this.#engine = engine;
    // a hanging engine may never answer; its pending read must not block the next engine
    this.#reading = undefined;
    this.#index.forget();
    if (engine) void this.#refresh();
    else this.#change(undefined);
  }

  /** Reads the list again if the event may have changed it; containers matter only as users of images. */
  notice({ Type, Action }: EngineEvent): void {
    // a health check alone sends three events, every few seconds
    if (Type === 'image' || /^(?:create|destroy|remove|rename)\b/.test(Action)) this.touch();
  }

  /** Marks the list as outdated. */
  touch(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      void this.#refresh();
    }, gatherFor);
  }

  // one read at a time: with many images it takes seconds, while events keep coming in
  async #refresh(): Promise<void> {
    const engine = this.#engine;
    if (this.#reading) this.#reading.again = true;
    if (this.#reading || !engine) return;
    const reading = { again: false };
    this.#reading = reading;
    do {
      reading.again = false;
      await this.#read(engine).catch(() => {}); // the engine went away; the connection reports it
    } while (reading.again && engine === this.#engine);
    if (this.#reading === reading) this.#reading = undefined;
  }

  async #read(engine: Engine): Promise<void> {
    const images = await listImages(engine);
    if (engine !== this.#engine) return;
    this.#change(withKnownSizes(images, this.#list));
    this.#index.keepOnly(new Set(images.map(({ id }) => id)));
    const [store, indexed] = await Promise.all([readPackedStore(engine), Promise.all(images.map(({ id }) => this.#index.get(engine, id)))]);
    if (engine === this.#engine) this.#change(withSizes(images, indexed, store));
  }

  #change(list: ImageList | undefined): void {
    if (JSON.stringify(list) === JSON.stringify(this.#list)) return;
    this.#list = list;
    this.emit('list', list);
  }
}
