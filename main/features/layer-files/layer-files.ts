import { randomBytes } from 'node:crypto';
import { basename, join } from 'node:path';
import type { ComparedImage, ComparedImages, ComparedPair } from '../../../contract/compare.ts';
import type { FileBytes, FileCost, FilesLayer, FilesView, OpenedFiles } from '../../../contract/layer-files.ts';
import type { TaskResult } from '../../../contract/task.ts';
import { FailureError } from '../../foundation/failures/failure.ts';
import { checkTarget } from '../../foundation/files/check-target.ts';
import type { PartialFiles } from '../../foundation/files/partial-files.ts';
import type { OperationContext } from '../../foundation/progress/operation-context.ts';
import { raceSignal } from '../../foundation/registries/race-signal.ts';
import { type Content, type Extract, FileContents } from './contents/file-contents.ts';
import { looksLike } from './contents/looks-like.ts';
import { DeskThread } from './desk/desk-thread.ts';
import { isKeyOfList } from './lists/told-list.ts';
import { notAFile, type PlacedRanges, saveFile, saveFolder } from './saving/save-files.ts';
import { bothOfEngine } from './sources/engine-origin.ts';
import type { FilesOrigin } from './sources/files-origin.ts';
import type { ViewOrder } from './stack/file-view.ts';

/** Bytes of indexes that are kept: those of some 10 million files. */
const mostBytes = 1024 ** 3;
/** How many images are remembered as open; the oldest have to be opened again. */
const mostOpen = 200;

type OpenImage = { origin: FilesOrigin; keys: string[] };

/** The files of images, wherever these are. Each layer is read once; from then on its index answers. */
export class LayerFiles {
  readonly desk: DeskThread;
  readonly contents: FileContents;
  /** With what the index of each layer is called. */
  readonly #open = new Map<string, OpenImage>();
  /** Layers that are being read, so that two images with the same base read it once. */
  readonly #reading = new Map<string, Promise<void>>();

  /** `folder`: where the index is kept. */
  constructor(folder: string) {
    this.contents = new FileContents(join(folder, 'contents'));
    this.desk = new DeskThread({ path: join(folder, 'index.db'), mostBytes });
  }

  /** Remembers an image, and says what is known of it. */
  async open(origin: FilesOrigin): Promise<OpenedFiles> {
    const files = randomBytes(16).toString('hex');
    const diffIds = origin.layers.map(({ diffId }) => diffId);
    // a layer that was read is better known than by its list
    const unread = new Set(await this.desk.ask('missing', [diffIds]));
    const keys = diffIds.map((diffId, place) => (unread.has(place) && origin.lists?.[place]) || diffId);
    this.#open.set(files, { origin, keys });
    for (const oldest of this.#open.keys()) if (this.#open.size > mostOpen) this.#open.delete(oldest);
    const listed = listedIn(keys);
    const missing = await this.desk.ask('missing', [keys]);
    const toRead = missing.length > 0 ? origin.toRead(missing, listed) : undefined;
    return { files, layers: layersIn({ origin, keys }), missing, ...(toRead && { toRead }) };
  }

  /** Where an open image is. Throws a failure if it is not open. */
  originOf(files: string): FilesOrigin {
    return this.#opened(files).origin;
  }

  /** What the index of each layer is called, the lowest first: its diff id, but for one that is known by its list alone. */
  layersOf(files: string): string[] {
    return this.#opened(files).keys;
  }

  /** What is known of two open images before any layer of theirs is read; what both lack is read with the first. */
  async compared({ first, second }: ComparedPair): Promise<ComparedImages> {
    const sides = [this.#opened(first), this.#opened(second)] as const;
    const missing = await Promise.all(sides.map(({ keys }) => this.desk.ask('missing', [keys])));
    const [before = [], after = []] = missing;
    const brought = new Set(before.map((place) => sides[0].keys[place]));
    const left = [before, after.filter((place) => !brought.has(sides[1].keys[place]))] as const;
    const toRead = (side: 0 | 1) =>
      left[side].length > 0 ? sides[side].origin.toRead([...left[side]], listedIn(sides[side].keys)) : undefined;
    const both = left.every(({ length }) => length > 0) ? bothOfEngine(sides[0].origin, sides[1].origin) : undefined;
    return {
      images: [imageOf(sides[0]), imageOf(sides[1])],
      toRead: both ? [both.toRead([]), undefined] : [toRead(0), toRead(1)],
      ...(both && { isOneReading: true as const }),
      missing: [left[0].length, left[1].length],
    };
  }

  /** Reads the layers of an image that are not indexed yet; with `also`, those of another image of the same engine, too. */
  async index(files: string, { signal, report }: OperationContext, also?: string): Promise<TaskResult & { kind: 'index' }> {
    const image = this.#opened(files);
    const other = also === undefined ? undefined : this.#opened(also);
    const both = other && bothOfEngine(image.origin, other.origin);
    const layers = both ? [...new Set([...image.keys, ...other.keys])] : image.keys;
    report({ phase: 'engine-prepares' });
    for (let others = this.#othersReading(layers); others.length > 0; others = this.#othersReading(layers))
      await raceSignal(Promise.all(others), signal);
    const done = Promise.withResolvers<void>();
    for (const diffId of layers) this.#reading.set(diffId, done.promise);
    try {
      return await this.#readMissing(both ?? image.origin, layers, { signal, report });
    } finally {
      for (const diffId of layers) this.#reading.delete(diffId);
      done.resolve();
    }
  }

  /** What opening a file costs: nothing if its bytes are here. */
  async costOf(files: string, place: number, layer: number): Promise<FileCost> {
    const { content } = await this.#fileAt(files, place, layer);
    if (!content || (await this.contents.has(content))) return { isHere: true };
    const { origin, keys } = this.#opened(files);
    const own = content.end !== undefined && { bytes: content.end - content.offset, isDownload: true };
    const toRead = own || origin.toRead([keys.indexOf(content.diffId)]);
    return { isHere: false, ...(toRead && { toRead }) };
  }

  /** Some bytes of a file, as it is once the layers up to that one are there. */
  async bytesOf(
    files: string,
    place: number,
    layer: number,
    slice: { offset: number; length: number },
    signal?: AbortSignal,
  ): Promise<FileBytes> {
    const { content } = await this.#fileAt(files, place, layer);
    if (!content) return { bytes: '', offset: slice.offset, size: 0, looksLike: 'text' };
    const extract = this.#extract(files, signal ?? new AbortController().signal);
    const bytes = await this.contents.read(content, slice, extract);
    const start = slice.offset === 0 ? bytes : await this.contents.read(content, { offset: 0, length: startSize }, extract);
    return { bytes: bytes.toString('base64'), offset: slice.offset, size: content.size, ...looksLike(start.subarray(0, startSize)) };
  }

  /** Saves a file as a file, or a folder as a new folder. */
  async save(
    { files, place, layer, target }: { files: string; place: number; layer: number; target: string },
    partials: PartialFiles,
    { signal, report }: OperationContext,
  ): Promise<TaskResult & { kind: 'save-files' }> {
    const found = await this.desk.ask('keptFiles', [this.layersOf(files), place, layer]);
    report({ phase: 'engine-prepares' });
    const layers = this.layersOf(files);
    const onRead = (bytes: number) => report({ phase: 'reading', bytes: { done: bytes } });
    const byDiffId = this.#extract(files, signal, onRead);
    const extract = (wanted: PlacedRanges[]) => byDiffId(wanted.map(({ layer: from, ranges }) => ({ diffId: layers[from] ?? '', ranges })));
    if (found[0]?.kind === 'folder') {
      const saved = await saveFolder(target, { files: found, extract, signal });
      return { kind: 'save-files', name: basename(target), path: target, ...saved };
    }
    await checkTarget(target);
    await partials.write(target, async (partial) => {
      await saveFile(partial, found, extract);
      return {};
    });
    return { kind: 'save-files', name: basename(target), path: target, files: 1, leftOut: 0 };
  }

  async close(): Promise<void> {
    await Promise.all([this.desk.close(), this.contents.clear()]);
  }

  #opened(files: string): OpenImage {
    const opened = this.#open.get(files);
    if (opened) return opened;
    throw new FailureError({
      kind: 'not-found',
      title: 'The files of this image aren’t open any more',
      detail: 'Layerdeck was started again, or has opened many other images since.',
      hint: 'Open them again.',
    });
  }

  #othersReading(layers: string[]): Promise<void>[] {
    return [...new Set(layers.flatMap((diffId) => this.#reading.get(diffId) ?? []))];
  }

  async #readMissing(
    origin: Pick<FilesOrigin, 'toRead' | 'read'>,
    layers: string[],
    { signal, report }: Pick<OperationContext, 'signal' | 'report'>,
  ): Promise<TaskResult & { kind: 'index' }> {
    const missing = await this.desk.ask('missing', [layers]);
    const wanted = [...new Set(missing.map((place) => layers[place] ?? ''))];
    if (wanted.length === 0) return { kind: 'index', layers: 0, bytes: 0 };
    const total = origin.toRead(missing, listedIn(layers))?.bytes;
    let read = 0;
    const onRead = (bytes: number) => {
      read = bytes;
      const most = Math.max(total ?? 0, bytes);
      report({ phase: 'reading', bytes: { done: bytes, total: most, estimated: true }, ...(total && { fraction: bytes / most }) });
    };
    const names = await this.desk.ask('names', []);
    const kept: Promise<void>[] = [];
    const onLayer = ({ diffId, name, data }: { diffId: string; name: string; data: Uint8Array<ArrayBuffer> }) => {
      const keeping = this.desk.ask('keep', [diffId, data, name], [data.buffer]);
      keeping.catch(() => {}); // thrown below
      kept.push(keeping);
    };
    try {
      await origin.read({ kind: 'index', wanted }, { names, onRead, onLayer }, signal);
    } finally {
      // what was read whole stays, also if the rest failed
      await Promise.all(kept);
    }
    return { kind: 'index', layers: wanted.length, bytes: read };
  }

  async #fileAt(files: string, place: number, layer: number): Promise<{ content?: Content }> {
    const layers = this.layersOf(files);
    const [file] = await this.desk.ask('keptFiles', [layers, place, layer, 1]);
    if (file?.kind !== 'file') throw notAFile;
    if (!file.bytes) return {};
    const { layer: from, ...bytes } = file.bytes;
    return { content: { ...bytes, diffId: layers[from] ?? '' } };
  }

  #extract(files: string, signal: AbortSignal, onRead: (bytes: number) => void = () => {}): Extract {
    const origin = this.originOf(files);
    return async (layers) => {
      const names = await this.desk.ask('names', []);
      await origin.read({ kind: 'extract', layers }, { names, onRead }, signal);
    };
  }
}

function imageOf(image: OpenImage): ComparedImage {
  const { name, facts, onEngine } = image.origin;
  const layers = layersIn(image).map((layer) => {
    // an engine tells the bytes of a layer's files, not those of its tarball
    const size = layer.size ?? onEngine?.sizes.get(layer.diffId);
    return { ...layer, ...(size !== undefined && { size }) };
  });
  return { name, layers, ...facts };
}

function layersIn({ origin, keys }: OpenImage): FilesLayer[] {
  const listed = listedIn(keys);
  return origin.layers.map((layer, place) => ({ ...layer, ...(listed.has(place) && { isListed: true as const }) }));
}

/** Which layers are known by their lists. */
const listedIn = (keys: string[]): Set<number> => new Set(keys.flatMap((key, place) => (isKeyOfList(key) ? [place] : [])));

/** Bytes that tell what a file looks like. */
const startSize = 16 * 1024;

/** A view as the desk takes it. */
export const viewOrder = ({ from, to, all = false, filter = {} }: FilesView): ViewOrder => ({ from, to, all, filter });
