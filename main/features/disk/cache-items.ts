import type { BuildSummary } from '../../../contract/build-record.ts';
import type { CacheEntry, CacheGroup, CacheItem } from '../../../contract/disk.ts';
import type { DescribedRecord } from '../../foundation/buildkit/kept-on-disk.ts';
import { wordsOfRecord } from './words-of-record.ts';

/** Milliseconds after which what nothing used is old: two weeks. */
const oldAfter = 14 * 24 * 60 * 60 * 1000;

/** BuildKit's cache as a few things that may go, each with its records, the largest first. Pure; `now` in milliseconds. */
export function cacheItems(records: readonly DescribedRecord[], builds: readonly BuildSummary[], now: number): CacheItem[] {
  const children = new Map<string, number>();
  for (const { parents } of records) for (const parent of parents) children.set(parent, (children.get(parent) ?? 0) + 1);
  const groups = Map.groupBy(records, (record) => `${groupOf(record)} ${isOld(record, now) ? 'old' : 'recent'}`);
  return [...groups].map(([name, own]): CacheItem => {
    const [group, age] = name.split(' ') as [CacheGroup, string];
    const entries = own.map((record) => entryOf(record, children.get(record.id) ?? 0, builds));
    const times = entries.flatMap(({ lastUsedAt }) => lastUsedAt ?? []);
    return {
      kind: 'cache',
      key: `cache ${name}`,
      group,
      isOld: age === 'old',
      size: own.reduce((sum, { size }) => sum + size, 0),
      records: entries.sort((a, b) => b.size - a.size),
      ...(times.length > 0 && { lastUsedAt: Math.max(...times) }),
    };
  });
}

const groups: Record<string, CacheGroup> = {
  regular: 'steps',
  'exec.cachemount': 'mounts',
  'source.local': 'sources',
  'source.git.checkout': 'sources',
};

const groupOf = ({ type }: DescribedRecord): CacheGroup => groups[type] ?? 'own';

const usedAt = ({ lastUsedAt, createdAt }: DescribedRecord): number | undefined => lastUsedAt ?? createdAt;

const isOld = (record: DescribedRecord, now: number): boolean => {
  const used = usedAt(record);
  return used !== undefined && now - used > oldAfter;
};

function entryOf(record: DescribedRecord, keptBy: number, builds: readonly BuildSummary[]): CacheEntry {
  const { id, size, isShared, isInUse, uses } = record;
  const used = usedAt(record);
  const build = buildOf(record, builds);
  return {
    id,
    what: wordsOfRecord(record),
    size,
    isShared,
    isInUse,
    uses,
    keptBy,
    ...(used !== undefined && { lastUsedAt: used }),
    ...(build && { build: { id: build.id, name: build.references[0] ?? build.folder.name } }),
  };
}

/** The build that ran when the record was made, if it was the only one. */
function buildOf({ createdAt }: DescribedRecord, builds: readonly BuildSummary[]): BuildSummary | undefined {
  if (createdAt === undefined) return undefined;
  const running = builds.filter(
    ({ startedAt, seconds }) => startedAt !== undefined && startedAt <= createdAt && createdAt <= startedAt + (seconds ?? 0) * 1000,
  );
  return running.length === 1 ? running[0] : undefined;
}
