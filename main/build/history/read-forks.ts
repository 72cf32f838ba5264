import type { ForkEvent } from '../../../contract/cache-fork.ts';
import type { Engine } from '../../engine/open-engine.ts';
import { tellForks } from '../fork/tell-forks.ts';
import type { BuildHistory } from './build-history.ts';
import { type MatrixOptions, readMatrix } from './read-matrix.ts';

/** Where builds and images part, and why, from their layers. What was recorded of them only helps to tell what was copied. */
export async function* readForks(engine: Engine, options: MatrixOptions, signal?: AbortSignal): AsyncGenerator<ForkEvent> {
  const { history, builds, images } = options;
  const { rows } = await readMatrix(options);
  const imageOf = new Map([...images.map((id) => [id, id] as const), ...(await imagesOf(history, builds))]);
  const written = [...rows.flatMap(({ cells }) => cells.map(({ instruction }) => instruction)), ...(await stepsOf(history, imageOf))];
  yield* tellForks(engine, { rows, images: imageOf, written }, signal);
}

async function imagesOf(history: BuildHistory, builds: string[]): Promise<[string, string][]> {
  const kept = await Promise.all(builds.map((id) => history.read(id)));
  return kept.flatMap(({ task: { id, result } }): [string, string][] => (result?.kind === 'build' ? [[id, result.imageId]] : []));
}

/** The instructions, as written, of builds that made these images. */
async function stepsOf(history: BuildHistory, imageOf: ReadonlyMap<string, string>): Promise<string[]> {
  const wanted = new Set(imageOf.values());
  const builds = history.summaries.filter(({ imageId }) => imageId !== undefined && wanted.has(imageId));
  // one that was forgotten meanwhile tells nothing
  const kept = await Promise.all(builds.map(({ id }) => history.read(id).catch(() => undefined)));
  return kept.flatMap((build) => build?.task.progress.build?.steps.map(({ instruction }) => instruction) ?? []);
}
