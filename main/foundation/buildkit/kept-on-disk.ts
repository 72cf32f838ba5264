import type { Engine } from '../engine/open-engine.ts';
import { millisecondsOf, type Timestamp } from '../formats/timestamp.ts';
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
  /** Records that it builds on, and keeps. */
  parents: string[];
};

/** The same, with what a person would want to know of it. */
export type DescribedRecord = CacheRecord & {
  /** `regular` for the result of a step; `exec.cachemount`, `source.local`, `source.git.checkout`, `frontend`, `internal`. */
  type: string;
  /** In BuildKit's own words: `mount / from exec /bin/sh -c make`. */
  description: string;
  /** A build uses it at this moment. */
  isInUse: boolean;
  /** Milliseconds since 1970; absent if it was never used again, or BuildKit does not say. */
  lastUsedAt?: number;
  createdAt?: number;
  uses: number;
};

/** Milliseconds that BuildKit may take; it answers within a few. */
const answerWithin = 15_000;

/** Everything that containerd's store keeps packed. Rejects if the engine keeps images in another store, or doesn't say. */
export const readStoredBlobs = (engine: Engine): Promise<StoredBlob[]> =>
  ask(engine, async (control, signal) => (await control.listContent(signal)).map(describeBlob));

/** What BuildKit's cache keeps. Rejects if the engine has no BuildKit. */
export const readCacheRecords = (engine: Engine): Promise<DescribedRecord[]> =>
  ask(engine, async (control, signal) => (await control.diskUsage(signal)).map(describeRecord));

/** Removes those of these records that nothing uses any more, and yields each that is gone with the bytes that BuildKit says it took. */
export async function* removeCacheRecords(
  engine: Engine,
  ids: string[],
  signal: AbortSignal,
): AsyncGenerator<{ id: string; bytes: number }> {
  if (ids.length === 0) return;
  const control = await openControl(engine, signal);
  try {
    for await (const { ID, Size, Shared } of control.prune(ids, signal)) yield { id: ID, bytes: Shared ? 0 : Size };
  } finally {
    control.close();
  }
}

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

const describeRecord = ({ ID, Size, Shared, Parent, Parents, ...more }: UsageRecord): DescribedRecord => ({
  id: ID,
  size: Size,
  isShared: Shared,
  parents: Parents.length > 0 ? Parents : Parent ? [Parent] : [],
  type: more.RecordType,
  description: more.Description,
  isInUse: more.InUse,
  uses: more.UsageCount,
  ...momentOf('lastUsedAt', more.LastUsedAt),
  ...momentOf('createdAt', more.CreatedAt),
});

const momentOf = <Name extends string>(name: Name, at: Timestamp | undefined): Partial<Record<Name, number>> =>
  at && at.seconds > 0 ? ({ [name]: millisecondsOf(at) } as Record<Name, number>) : {};
