import { parentPort, workerData } from 'node:worker_threads';
import { askInThread } from '../../../foundation/engine/ask-in-thread.ts';
import { toFailure } from '../../../foundation/failures/failure.ts';
import { unpack } from '../../../foundation/formats/packing/unpack.ts';
import type { TarMember } from '../../../foundation/formats/tar/tar-member.ts';
import { type PartSource, readPart } from '../../../foundation/image-archive/read-part.ts';
import { foldList } from '../lists/fold-list.ts';
import { extracting } from './extracting.ts';
import { indexing } from './indexing.ts';
import { LayerBytes, type LayerSink } from './layer-bytes.ts';
import type { LayerWork } from './layer-work.ts';
import { readLayersOfTar } from './layers-of-tar.ts';
import type { ArchivedPart, LayerPlace, ListedLayer, PassedOn, ReadingNews, ReadingOrder } from './reading-order.ts';
import { SharedHash } from './shared-hash.ts';

// Reads layers from wherever they are, and indexes them or writes some of their files out.

const { place, task, names, hashMemory } = workerData as ReadingOrder;
/** Milliseconds between two messages about how much has come. */
const reportEvery = 100;

const tell = (news: ReadingNews, memory: ArrayBuffer[] = []): void => parentPort?.postMessage(news, memory);

let told = 0;
function tellRead(bytes: number): void {
  const now = performance.now();
  if (now - told < reportEvery) return;
  told = now;
  tell({ kind: 'read', bytes });
}

async function read(signal: AbortSignal): Promise<void> {
  if (place.kind === 'listed') indexListed(place);
  else if (task.kind === 'index') await readLayers(indexing(task.wanted, tell, hashMemory && new SharedHash(hashMemory)), signal);
  else await readLayers(extracting(task.layers), signal);
}

function indexListed({ key, packed, list }: ListedLayer): void {
  const data = foldList(Buffer.from(packed.buffer, packed.byteOffset, packed.length), list).encode();
  tell({ kind: 'layer', diffId: key, name: '', data }, [data.buffer]);
}

async function readLayers<Sink extends LayerSink>(work: LayerWork<Sink>, signal: AbortSignal): Promise<void> {
  let failed: unknown;
  const onFailed = (error: unknown) => {
    failed ??= error;
  };
  if (place.kind === 'engine') {
    const source = await askInThread(place.address, place.request, signal);
    await readStream(source, work, (member) => layerCalled(member, work), onFailed);
  } else if (place.kind === 'archive') await readArchive(place, work, onFailed, signal);
  else if (place.kind === 'passed-on') await readOne(passedOn(signal), place, work);
  work.finish(failed);
}

/** What a file of a saved image may be: the layer of its name, or one that isn't known; false if it is of no use. */
function layerCalled({ name, size }: TarMember, { isWanted }: LayerWork<LayerSink>): string | undefined | false {
  const known = names.get(name);
  if (known !== undefined) return isWanted(known) && known;
  const isDescription = size === 0 || /\.json$|(?:^|\/)(?:json|VERSION|repositories|oci-layout)$/.test(name);
  return isDescription ? false : undefined;
}

function readStream<Sink extends LayerSink>(
  source: AsyncIterable<Buffer>,
  { sink, ended }: LayerWork<Sink>,
  which: (member: TarMember) => string | undefined | false,
  failed: (error: unknown) => void,
): Promise<void> {
  return readLayersOfTar(source, {
    open: (member) => {
      const diffId = which(member);
      return diffId === false ? undefined : sink({ diffId });
    },
    ended: (one, { name }) => ended(one, name),
    failed,
    onRead: tellRead,
  });
}

async function readArchive<Sink extends LayerSink>(
  { source, layers }: Extract<LayerPlace, { kind: 'archive' }>,
  work: LayerWork<Sink>,
  failed: (error: unknown) => void,
  signal: AbortSignal,
): Promise<void> {
  const parts = layers.filter(({ diffId }, at) => work.isWanted(diffId) && layers.findIndex((other) => other.diffId === diffId) === at);
  if (source.tarball.packing !== 'none') {
    // once for all: each part would be unpacked from the beginning
    const byOffset = new Map(parts.map(({ offset, diffId }) => [offset, diffId]));
    const unpacked = stopping(unpack(source.tarball, { onRead: () => {}, isBrief: true }), signal);
    await readStream(unpacked, work, ({ offset }) => byOffset.get(offset) ?? false, failed);
    return;
  }
  let before = 0;
  for (const part of parts) {
    const ranges = task.kind === 'extract' && part.packing === 'none' && !source.hasFilled && work.rangesOf?.(part.diffId);
    if (ranges) await readPlaces(source, part, ranges, work, signal);
    else await readOne(readPart(source, part, signal), part, work, before);
    before += part.size;
  }
}

/** Only the part of an unpacked layer with the wanted files. */
async function readPlaces<Sink extends LayerSink>(
  source: PartSource,
  { offset, size, name, diffId }: ArchivedPart,
  { begin, end }: { begin: number; end: number },
  { sink, ended }: LayerWork<Sink>,
  signal: AbortSignal,
): Promise<void> {
  const own = sink({ diffId, begin });
  if (!own) return;
  for await (const chunk of readPart(source, { offset: offset + begin, size: Math.min(end, size) - begin }, signal)) own.take(chunk);
  ended(own, name);
}

async function readOne<Sink extends LayerSink>(
  source: AsyncIterable<Buffer>,
  { name, size, diffId }: Pick<ArchivedPart, 'name' | 'size' | 'diffId'>,
  { sink, ended }: LayerWork<Sink>,
  before = 0,
): Promise<void> {
  const own = sink({ diffId });
  if (!own) return;
  const bytes = new LayerBytes(own, size);
  let done = before;
  for await (const chunk of source) {
    const taken = bytes.take(chunk);
    if (taken) await taken;
    done += chunk.length;
    tellRead(done);
    if (own.isDone) break;
  }
  if (own.isDone || (await bytes.end())) ended(own, name);
}

async function* stopping(source: AsyncIterable<Buffer>, signal: AbortSignal): AsyncGenerator<Buffer> {
  for await (const chunk of source) {
    signal.throwIfAborted();
    yield chunk;
  }
}

async function* passedOn(signal: AbortSignal): AsyncGenerator<Buffer> {
  for (;;) {
    const next = Promise.withResolvers<PassedOn>();
    waiting = next;
    tell({ kind: 'more' });
    const { piece } = await next.promise;
    signal.throwIfAborted();
    if (!piece) return;
    yield Buffer.from(piece.buffer, piece.byteOffset, piece.length);
  }
}

let waiting: PromiseWithResolvers<PassedOn> | undefined;
const stop = new AbortController();
parentPort?.on('message', (message: PassedOn | 'stop') => {
  if (message === 'stop') stop.abort();
  waiting?.resolve(message === 'stop' ? { piece: undefined } : message);
});
read(stop.signal)
  .then(
    () => tell({ kind: 'done' }),
    (error) => tell({ kind: 'failed', failure: toFailure(error) }),
  )
  .finally(() => parentPort?.close());
