import { countSteps } from '../../../contract/count-steps.ts';
import type { BuildOrder } from '../../foundation/context/build-order.ts';
import { packDockerfile } from '../../foundation/context/pack-dockerfile.ts';
import { tarContext } from '../../foundation/context/tar-context.ts';
import { readNdjson } from '../../foundation/engine/ndjson.ts';
import type { Engine } from '../../foundation/engine/open-engine.ts';
import { requestStream } from '../../foundation/engine/request.ts';
import { FailureError } from '../../foundation/failures/failure.ts';
import type { BuildRun } from './build-image.ts';
import { buildQuery, noImageMade } from './build-query.ts';
import { getCacheSources } from './cache-sources.ts';
import { type ClassicLine, classicProgress, emptyClassic, endClassic, foldClassic, lastLine } from './fold-classic.ts';

/** Builds with the engine's older builder, which gets the whole folder as a tarball: on Podman, and on Docker if chosen. */
export const buildClassic: BuildRun = async (engine, order, operation, { witness, getImage, logins }) => {
  refuseUnsupported(engine, order);
  const { signal, report, log } = operation;
  // Podman's cache is another thing, a repository of steps, and a published image gives it none
  const cacheFrom = engine.product === 'Podman' ? [] : (order.cacheFrom ?? []);
  if (cacheFrom.length < (order.cacheFrom ?? []).length) log('Podman takes no steps from published images: building without them.');
  const sources = await getCacheSources(engine, cacheFrom, operation, getImage);
  let state = emptyClassic;
  const progress = () => classicProgress(state, sources);
  const packed = await packDockerfile(order.folder, order.dockerfile);
  const dockerfile = packed?.name ?? order.dockerfile;
  const tellSent = (done: number) => {
    if (state.steps.length === 0) report({ phase: 'sending', build: progress(), bytes: { done } });
  };
  const context = tarContext({ ...order, dockerfile }, signal, witness, tellSent, packed?.files);
  const show = () => report({ phase: 'building', build: progress(), ...fractionOf(state.total, state.steps.length) });
  report({ phase: 'sending', build: progress() });
  try {
    const stream = await requestStream(engine.docker, {
      method: 'POST',
      path: '/build',
      query: { ...buildQuery({ ...order, cacheFrom }), dockerfile },
      headers: { 'X-Registry-Config': await logins.configHeader() },
      body: context.body,
      signal,
    });
    for await (const line of readNdjson<ClassicLine>(stream)) {
      const folded = foldClassic(state, line, Date.now());
      const hasNews = folded.state.steps !== state.steps;
      state = folded.state;
      for (const { text, step } of folded.lines) log(text, step ? { step } : {});
      // output does not change the step itself, and may be a hundred thousand lines a second
      if (hasNews) show();
    }
  } catch (error) {
    const last = lastLine(state);
    if (last) log(last.text, last.step ? { step: last.step } : {});
    state = endClassic(state, signal.aborted ? 'cancelled' : 'failed', Date.now());
    if (signal.aborted && engine.product === 'Podman' && state.steps.length > 0)
      log('Podman lets the command that runs come to its end, and builds nothing after it.');
    show();
    throw context.problem() ?? error;
  }
  state = endClassic(state, 'built', Date.now());
  show();
  if (!state.imageId) throw noImageMade;
  return { imageId: state.imageId, ...countSteps(state.steps) };
};

// steps do not take equally long, but their number is certain
const fractionOf = (total: number | undefined, begun: number) => (total ? { fraction: Math.max(0, begun - 1) / total } : {});

/** Refuses what only BuildKit can do instead of ignoring it: the image would not be the one that was asked for. */
function refuseUnsupported({ product }: Engine, { secrets, ssh, inlineCache }: BuildOrder): void {
  const wish = secrets.length > 0 ? 'secrets' : ssh ? 'SSH keys' : inlineCache ? 'cache information in the image' : undefined;
  if (!wish) return;
  if (product === 'Podman')
    throw new FailureError({
      kind: 'invalid-input',
      title: `Layerdeck can’t build with ${wish} on Podman`,
      detail: 'It can on engines that have BuildKit, such as Docker. Nothing was sent, and nothing was built.',
      hint: 'Build without this option, or choose another engine.',
    });
  throw new FailureError({
    kind: 'invalid-input',
    title: `The classic builder doesn’t support ${wish}`,
    detail: 'Only BuildKit does. Nothing was sent, and nothing was built.',
    hint: 'Open “Engine” at the foot of the window and choose “BuildKit, if the engine has it”, or build without this option.',
  });
}
