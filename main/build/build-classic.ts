import { readNdjson } from '../engine/ndjson.ts';
import { requestStream } from '../engine/request.ts';
import type { BuildRun } from './build-image.ts';
import { buildQuery, countSteps, noImageMade } from './build-query.ts';
import { type ClassicLine, classicProgress, emptyClassic, endClassic, foldClassic } from './fold-classic.ts';
import { tarContext } from './tar-context.ts';

/** Builds with the engine's older builder, which takes the whole folder as a tarball: Podman, and Docker where it is wanted. */
export const buildClassic: BuildRun = async ({ docker }, order, { signal, report, log }, witness) => {
  let state = emptyClassic;
  const context = tarContext(order, signal, witness);
  const show = () => report({ phase: 'building', build: classicProgress(state), ...fractionOf(state.total, state.steps.length) });
  report({ phase: 'sending', build: classicProgress(state) });
  try {
    const stream = await requestStream(docker, {
      method: 'POST',
      path: '/build',
      query: { ...buildQuery(order), dockerfile: order.dockerfile },
      body: context.body,
      signal,
    });
    for await (const line of readNdjson<ClassicLine>(stream)) {
      const folded = foldClassic(state, line, Date.now());
      state = folded.state;
      for (const { text, step } of folded.lines) log(text, step ? { step } : {});
      show();
    }
  } catch (error) {
    state = endClassic(state, signal.aborted ? 'cancelled' : 'failed', Date.now());
    show();
    throw context.problem() ?? error;
  }
  state = endClassic(state, 'built', Date.now());
  show();
  if (!state.imageId) throw noImageMade;
  return { imageId: state.imageId, ...countSteps(state.steps) };
};

// Steps are no equal parts of the time, but their number is certain.
const fractionOf = (total: number | undefined, begun: number) => (total ? { fraction: Math.max(0, begun - 1) / total } : {});
