import type { RecordedBuild } from '../../../foundation/buildkit/recorded-build.ts';
import type { BuildStore } from '../build-store.ts';
import { endOf } from '../kept-build.ts';
import type { Remembered } from './adopted-build.ts';

/** Milliseconds by which this computer’s clock and an engine’s may differ. */
const slack = 10 * 60 * 1000;

/**
 * The id of the stored build that an account is about; undefined if it is about none. `which` tells one of Layerdeck's own from those of
 * others. BuildKit's name for a build decides; builds that were stored without it are told by their steps.
 */
export async function findSame(
  store: BuildStore,
  account: RecordedBuild,
  { ref, startedAt, endedAt }: Remembered,
  which: 'own' | 'any',
): Promise<string | undefined> {
  const among = store.summaries.filter((one) => which === 'any' || !one.origin);
  // each engine of a builder with several has an account of its own, all by one name
  const named = among.find((one) => one.ref === ref && (!one.origin || one.createdAt === startedAt));
  if (named) return named.id;
  const near = among.filter((one) => !one.ref && one.createdAt <= endedAt + slack && endOf(one) >= startedAt - slack);
  for (const { id } of near) {
    const kept = await store.read(id).catch(() => undefined);
    if (hasSameSteps(kept?.task.progress.build?.steps ?? [], account.progress.steps)) return id;
  }
  return undefined;
}

type Steps = RecordedBuild['progress']['steps'];

/** Two builds may share a step that runs for both, but not all: each reads its own Dockerfile, and no two begin in the same nanosecond. */
function hasSameSteps(kept: Steps, told: Steps): boolean {
  const begun = new Map(told.map(({ id, startedAt }) => [id, startedAt]));
  const started = kept.filter(({ startedAt }) => startedAt !== undefined);
  return started.length > 0 && started.every(({ id, startedAt }) => begun.get(id) === startedAt);
}
