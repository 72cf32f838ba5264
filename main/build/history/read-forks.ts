import type { ForkEvent } from '../../../contract/cache-fork.ts';
import type { Engine } from '../../engine/open-engine.ts';
import { tellForks } from '../fork/tell-forks.ts';
import type { BuildHistory } from './build-history.ts';
import { type MatrixOptions, readMatrix } from './read-matrix.ts';

/** Where builds and images part, and why, from their layers. What was recorded of them only helps to tell what was copied. */
export async function* readForks(engine: Engine, options: MatrixOptions, signal?: AbortSignal): AsyncGenerator<ForkEvent> {
  const { rows } = await readMatrix(options);
  const ofRows = rows.flatMap(({ cells }) => cells.map(({ instruction }) => instruction));
  const written = [...ofRows, ...(await stepsOf(options.history, new Set(rows.map(({ image }) => image))))];
  yield* tellForks(engine, { rows, written }, signal);
}

/** The instructions, as written, of builds that made these images. */
async function stepsOf(history: BuildHistory, wanted: ReadonlySet<string | undefined>): Promise<string[]> {
  const builds = history.summaries.filter(({ imageId }) => imageId !== undefined && wanted.has(imageId));
  // one that was forgotten meanwhile tells nothing
  const kept = await Promise.all(builds.map(({ id }) => history.read(id).catch(() => undefined)));
  return kept.flatMap((build) => build?.task.progress.build?.steps.map(({ instruction }) => instruction) ?? []);
}
