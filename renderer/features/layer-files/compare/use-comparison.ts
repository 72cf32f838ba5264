import type { ComparedImages, ComparedPackages, ComparedPair, CompareSummary } from '../../../../contract/compare.ts';
import type { Failure } from '../../../../contract/failure.ts';
import type { Task } from '../../../../contract/task.ts';
import { client } from '../../../connection/client.ts';
import { useAsked } from '../../../connection/use-asked.ts';
import { useKept } from '../../../connection/use-kept.ts';
import { isRunning } from '../../../connection/use-task.ts';
import type { ComparedSide } from '../../../desk/navigation.ts';
import { useOpenedFiles } from '../use-opened-files.ts';

/** One of the two images, on its way to be compared. */
export type SideState = {
  side: ComparedSide;
  failure?: Failure | undefined;
  task: Task | undefined;
  again?: (() => void) | undefined;
};

export type ComparisonState = {
  sides: [SideState, SideState];
  pair?: ComparedPair;
  about?: ComparedImages | undefined;
  /** Whether all layers of both are read. */
  isRead: boolean;
  isReading: boolean;
  summary?: CompareSummary | undefined;
  packages?: ComparedPackages | undefined;
  /** Why these aren't known; all else is. */
  packagesFailure?: Failure | undefined;
  /** Of both together. */
  failure?: Failure | undefined;
  /** Starts to read what is missing. */
  read(): void;
  /** Opens both anew, once main no longer knows them. */
  reopen(): void;
};

/** Everything that is known of two images so far: at first what they say of themselves, then what their layers have. */
export function useComparison(sides: [ComparedSide, ComparedSide], withTimes: boolean): ComparisonState {
  const first = useOpenedFiles(sides[0].from);
  const second = useOpenedFiles(sides[1].from);
  const isReading = [first.task, second.task].some((task) => task && isRunning(task));
  const pair = first.answer && second.answer ? { first: first.answer.files, second: second.answer.files } : undefined;
  const key = pair && JSON.stringify(pair);
  const asked = useAsked(key, (signal) => client.compare.images(pair as ComparedPair, { signal }), { since: isReading });
  const about = useKept(JSON.stringify(sides), asked.answer);
  const isRead = !isReading && !asked.isAsking && (asked.answer?.missing.every((layers) => layers === 0) ?? false);
  const summary = useAsked(isRead ? `${key} ${withTimes}` : undefined, (signal) =>
    client.compare.summary({ ...(pair as ComparedPair), withTimes }, { signal }),
  );
  const packages = useAsked(isRead ? key : undefined, (signal) => readPackages(pair as ComparedPair, signal));
  const read = () => {
    const [before = 0, after = 0] = about?.missing ?? [];
    if (about?.isOneReading) return first.read(pair?.second);
    if (before > 0) first.read();
    if (after > 0) second.read();
  };
  const reopen = () => {
    first.again?.();
    second.again?.();
  };
  return {
    sides: [
      { side: sides[0], failure: first.failure, task: first.task, again: first.again },
      { side: sides[1], failure: second.failure, task: second.task, again: second.again },
    ],
    ...(pair && { pair }),
    about,
    isRead,
    isReading,
    summary: useKept(key, summary.answer),
    packages: packages.answer,
    packagesFailure: packages.failure,
    failure: asked.failure ?? summary.failure,
    read,
    reopen,
  };
}

/** As many as one answer brings, and the most that are listed. */
const [atOnce, mostListed] = [1000, 10_000];

async function readPackages(pair: ComparedPair, signal: AbortSignal): Promise<ComparedPackages> {
  const all = await client.compare.packages({ pair, page: { first: 0, most: atOnce } }, { signal });
  const rows = [...all.rows];
  while (rows.length < Math.min(all.total, mostListed)) {
    const more = await client.compare.packages({ pair, page: { first: rows.length, most: atOnce } }, { signal });
    if (more.rows.length === 0) break;
    rows.push(...more.rows);
  }
  return { ...all, rows };
}
