import type { RecordedBuild } from '../../../foundation/buildkit/recorded-build.ts';
import type { BuildStore } from '../build-store.ts';
import { endOf } from '../kept-build.ts';
import type { Remembered } from './adopted-build.ts';

/** Milliseconds by which this computer’s clock and an engine’s may differ. */
export const slack = 10 * 60 * 1000;

/**
 * Whether an account of a build is about one that Layerdeck made itself. No two steps begin in the same nanosecond, so one that two
 * accounts have in common makes them accounts of one build.
 */
export async function isOwnBuild(store: BuildStore, { progress }: RecordedBuild, { startedAt, endedAt }: Remembered): Promise<boolean> {
  const begun = new Map(progress.steps.map(({ id, startedAt: at }) => [id, at]));
  const near = store.summaries.filter((one) => !one.origin && one.createdAt <= endedAt + slack && endOf(one) >= startedAt - slack);
  for (const { id } of near) {
    const kept = await store.read(id).catch(() => undefined);
    const steps = kept?.task.progress.build?.steps ?? [];
    if (steps.some((step) => step.startedAt !== undefined && begun.get(step.id) === step.startedAt)) return true;
  }
  return false;
}
