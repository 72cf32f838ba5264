import type { Engine } from '../engine/open-engine.ts';
import { type BuildKitControl, openControl } from './open-control.ts';
import type { ContentInfo, UsageRecord } from './protocols.ts';

/** Something that containerd's store keeps as it came: a manifest, a configuration, a packed layer. */
export type StoredBlob = {
  digest: string;
  /** Bytes. */
  size: number;
  /** Digests of what it names, and keeps from being removed. */
  refs: string[];
  /** Of a packed layer: the digest of what is in it. */
  diffId?: string;
};

/** What BuildKit's cache keeps of one step, or of a base. */
export type CacheRecord = {
  id: string;
  /** Bytes that it keeps for itself; 0 if it only uses an image's layer. */
  size: number;
  /** An image has the same layer. */
  isShared: boolean;
  parents: string[];
};

/** Milliseconds that BuildKit may take; it answers within a few. */
const answerWithin = 15_000;

/** Everything that containerd's store keeps packed. Rejects if the engine keeps images in another store, or doesn't say. */
export const readStoredBlobs = (engine: Engine): Promise<StoredBlob[]> =>
  ask(engine, async (control, signal) => (await control.listContent(signal)).map(describeBlob));

/** What BuildKit's cache keeps. Rejects if the engine has no BuildKit. */
export const readCacheRecords = (engine: Engine): Promise<CacheRecord[]> =>
  ask(engine, async (control, signal) => (await control.diskUsage(signal)).map(describeRecord));

async function ask<T>(engine: Engine, question: (control: BuildKitControl, signal: AbortSignal) => Promise<T>): Promise<T> {
  const signal = AbortSignal.timeout(answerWithin);
  const control = await openControl(engine, signal);
  try {
    return await question(control, signal);
  } finally {
    control.close();
  }
}

const reference = 'containerd.io/gc.ref.content';

function describeBlob({ digest, size, labels }: ContentInfo): StoredBlob {
  const diffId = labels['containerd.io/uncompressed'];
  const refs = Object.entries(labels).flatMap(([label, value]) => (label.startsWith(reference) ? [value] : []));
  return { digest, size, refs, ...(diffId && { diffId }) };
}

const describeRecord = ({ ID, Size, Shared, Parent, Parents }: UsageRecord): CacheRecord => ({
  id: ID,
  size: Size,
  isShared: Shared,
  parents: Parents.length > 0 ? Parents : Parent ? [Parent] : [],
});
