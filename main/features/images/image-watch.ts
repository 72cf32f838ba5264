import { EventEmitter } from 'node:events';
import type { ImageList, ImageSummary } from '../../../contract/image.ts';
import type { EngineEvent } from '../../foundation/engine/events.ts';
import type { Engine } from '../../foundation/engine/open-engine.ts';
import type { LayerIndex } from './layer-index.ts';
import { type ListChange, readChange } from './list-change.ts';
import { listImages } from './list-images.ts';
import { readPackedStore } from './packed-store.ts';
import { withKnownSizes, withSizes } from './sized-list.ts';

/** Milliseconds to collect events before the list is read again; a build sends dozens. */
const gatherFor = 120;

/** Milliseconds after which a list that could not be read is asked for again. */
const readAgainAfter = 2000;

/** How many images are asked about by themselves; of more, the whole list tells. */
const askedAlone = 10;

/** All images as the engine listed them when it was asked, in milliseconds since 1970. */
export type ReadList = { images: ImageSummary[]; began: number };

/** The list of images, kept up to date by the engine's events, without polling. */
export class ImageWatch extends EventEmitter<{ list: [ImageList | undefined]; read: [ReadList] }> {
  #list: ImageList | undefined;
  #engine: Engine | undefined;
  #timer: NodeJS.Timeout | undefined;
  /** The current read, and whether it is already outdated. */
  #reading: { again: boolean } | undefined;
  /** Images of which events have told since they were last asked about. */
  readonly #touched = new Set<string>();
  /** What has become of single images since the current read began. */
  #changes: ListChange[] = [];
  #asking: Promise<void> = Promise.resolve();
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
    this.#touched.clear();
    this.#changes = [];
    this.#asking = Promise.resolve();
    this.#index.forget();
    if (engine) void this.#refresh();
    else this.#change(undefined);
  }

  /** Reads the list again if the event may have changed it; containers matter only as users of images. */
  notice({ Type, Action, id }: EngineEvent): void {
    if (Type === 'image' && id) this.#touched.add(id);
    // a health check alone sends three events, every few seconds
    if (Type === 'image' || /^(?:create|destroy|remove|rename)\b/.test(Action)) this.touch();
  }

  /** Marks the list as outdated. */
  touch(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#askAboutTouched();
      void this.#refresh();
    }, gatherFor);
  }

  // one after the other, so that what is known last counts
  #askAboutTouched(): void {
    const engine = this.#engine;
    const ids = [...this.#touched];
    this.#touched.clear();
    if (!engine || !this.#list || ids.length > askedAlone) return;
    for (const id of ids) this.#asking = this.#asking.then(() => this.#askAbout(engine, id)).catch(() => {}); // the list will tell
  }

  async #askAbout(engine: Engine, id: string): Promise<void> {
    const change = await readChange(engine, id);
    if (engine !== this.#engine || !this.#list) return;
    this.#changes.push(change);
    this.#change({ ...this.#list, images: change(this.#list.images) });
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
      // an engine that went away is reported by the connection; one that is still there is asked again
      await this.#read(engine).catch(() => void setTimeout(() => engine === this.#engine && this.touch(), readAgainAfter).unref());
    } while (reading.again && engine === this.#engine);
    if (this.#reading === reading) this.#reading = undefined;
  }

  async #read(engine: Engine): Promise<void> {
    this.#changes = [];
    const began = Date.now();
    const listed = await listImages(engine);
    if (engine !== this.#engine) return;
    this.emit('read', { images: listed, began });
    this.#change(withKnownSizes(this.#changed(listed), this.#list));
    this.#index.keepOnly(new Set(this.#changed(listed).map(({ id }) => id)));
    const packed = readPackedStore(engine);
    for (let known = -1; known < this.#changes.length && engine === this.#engine; ) {
      known = this.#changes.length;
      const images = this.#changed(listed);
      const [store, indexed] = await Promise.all([packed, Promise.all(images.map(({ id }) => this.#index.get(engine, id)))]);
      // what changed meanwhile is asked about as well
      if (engine === this.#engine && known === this.#changes.length) this.#change(withSizes(engine, images, indexed, store));
    }
  }

  /** A list that was read, with what has become of single images since. */
  #changed(listed: ImageSummary[]): ImageSummary[] {
    return this.#changes.reduce((images, change) => change(images), listed);
  }

  #change(list: ImageList | undefined): void {
    if (JSON.stringify(list) === JSON.stringify(this.#list)) return;
    this.#list = list;
    this.emit('list', list);
  }
}
