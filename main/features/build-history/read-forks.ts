import type { ForkEvent } from '../../../contract/cache-fork.ts';
import type { Engine } from '../../foundation/engine/open-engine.ts';
import type { BuildHistory } from './build-history.ts';
import { describeForks } from './cache-forks/describe-forks.ts';
import { type MatrixOptions, readMatrix } from './read-matrix.ts';

/** Where the caches of builds and images diverge, and why, by reading their layers. Records only help to tell what was copied. */
export async function* readForks(engine: Engine, options: MatrixOptions, signal?: AbortSignal): AsyncGenerator<ForkEvent> {
  const { rows } = await readMatrix(options);
  const ofRows = rows.flatMap(({ cells }) => cells.map(({ instruction }) => instruction));
  const written = [...ofRows, ...(await stepsOf(options.history, new Set(rows.map(({ image }) => image))))];
  yield* describeForks(engine, { rows, written }, signal);
}

/** The instructions, as written, of the builds that made these images. */
async function stepsOf(history: BuildHistory, wanted: ReadonlySet<string | undefined>): Promise<string[]> {
  const builds = history.summaries.filter(({ imageId }) => imageId !== undefined && wanted.has(imageId));
  // a build that was forgotten in the meantime adds nothing
  const kept = await Promise.all(builds.map(({ id }) => history.read(id).catch(() => undefined)));
  return kept.flatMap((build) => build?.task.progress.build?.steps.map(({ instruction }) => instruction) ?? []);
}
