import { buffer } from 'node:stream/consumers';
import type { Descriptor } from '../../../foundation/formats/manifest.ts';
import { BlobReader } from '../../../foundation/registries/blobs/blob-reader.ts';
import type { Repository } from '../../../foundation/registries/repository.ts';
import type { ToldList } from '../lists/told-list.ts';
import type { FileRange } from '../reading/file-ranges.ts';
import { readInThread } from '../reading/read-in-thread.ts';
import type { ReadingTask } from '../reading/reading-order.ts';
import type { OriginReading } from './files-origin.ts';

/** A layer in a registry, of which no more is downloaded than a task needs. */
export class RemoteLayer {
  readonly #layer: Descriptor;
  readonly #key: string;
  readonly #list: ToldList | undefined;
  readonly #blob: BlobReader;
  readonly #signal: AbortSignal;

  /** `key`: what its index is called, `list`: what it is made from, if that is not the layer itself. */
  constructor(repository: Repository, layer: Descriptor, { key, list }: { key: string; list?: ToldList | undefined }, signal: AbortSignal) {
    const { digest, size } = layer;
    const at = { registry: repository.client.registry, repository: repository.name };
    this.#layer = layer;
    this.#key = key;
    this.#list = list;
    this.#signal = signal;
    this.#blob = new BlobReader({ size, at, open: (from, stop) => repository.readBlob(digest, from, stop) }, { signal });
  }

  /** Does the part of a task that concerns this layer. Resolves to the bytes that it took. */
  async read(task: ReadingTask, reading: OriginReading): Promise<number> {
    if (!this.#list) return this.#pass(task, { from: 0, size: this.#layer.size }, reading);
    if (task.kind === 'index') return this.#readList(this.#list, task, reading);
    let bytes = 0;
    for (const range of task.layers.flatMap(({ ranges }) => ranges)) bytes += await this.#readFile(range, reading);
    return bytes;
  }

  /** Some of its bytes as they are. */
  bytes(from: number, size: number): Promise<Buffer> {
    return buffer(this.#blob.read(from, size));
  }

  close(): void {
    this.#blob.close();
  }

  async #readList(list: ToldList, task: ReadingTask, { names, onRead, onLayer }: OriginReading): Promise<number> {
    const packed = await this.bytes(list.offset, list.packed);
    onRead(packed.length);
    const place = { kind: 'listed' as const, key: this.#key, packed, list };
    await readInThread({ order: { place, task, names }, onRead: () => {}, ...(onLayer && { onLayer }) }, this.#signal);
    return packed.length;
  }

  /** One file, which is packed for itself. */
  #readFile({ end = 0, ...range }: FileRange, reading: OriginReading): Promise<number> {
    const alone: ReadingTask = { kind: 'extract', layers: [{ diffId: this.#key, ranges: [{ ...range, offset: 0 }] }] };
    return this.#pass(alone, { from: range.offset, size: end - range.offset }, reading);
  }

  async #pass(
    task: ReadingTask,
    { from, size }: { from: number; size: number },
    { names, onRead, onLayer }: OriginReading,
  ): Promise<number> {
    const place = { kind: 'passed-on' as const, diffId: this.#key, name: this.#layer.digest, size };
    const pieces = this.#blob.read(from, size);
    await readInThread({ order: { place, task, names }, pieces, onRead, ...(onLayer && { onLayer }) }, this.#signal);
    return size;
  }
}
