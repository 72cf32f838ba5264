import { dirname, resolve } from 'node:path';
import type { BuildStep } from '../../../contract/build.ts';
import { countSteps } from '../../../contract/count-steps.ts';
import { parseReference } from '../../../contract/reference.ts';
import { GrpcError, grpcStatus } from '../../foundation/buildkit/grpc-frames.ts';
import { openControl } from '../../foundation/buildkit/open-control.ts';
import type { BuildOrder } from '../../foundation/context/build-order.ts';
import { ignoreFileOf, readIgnoreLines } from '../../foundation/context/ignore-file.ts';
import { isBefore } from '../../foundation/engine/api-version.ts';
import type { Engine } from '../../foundation/engine/open-engine.ts';
import { requestJson } from '../../foundation/engine/request.ts';
import type { BuildRun } from './build-image.ts';
import { noImageMade } from './build-query.ts';
import { type BuildKitState, buildKitProgress, emptyBuildKit, endBuildKit, firstError, foldBuildKit } from './fold-buildkit.ts';
import { countKeys } from './session/find-agent.ts';
import { openSession } from './session/open-session.ts';
import { solveRequest } from './solve-request.ts';
import { StepOutput } from './step-output.ts';

/** Builds with BuildKit over a session, in which BuildKit asks for the files it needs instead of getting all of them. */
export const buildWithBuildKit: BuildRun = async (engine, order, { signal, report, log }, { witness, logins, withheld, noteRef }) => {
  let state: BuildKitState = emptyBuildKit;
  let imageId: string | undefined;
  let failed: Promise<Error | undefined> | undefined;
  const output = new StepOutput(log);
  const show = () => report({ phase: 'building', build: buildKitProgress(state), ...movingBytes(state) });
  if (order.ssh) await checkAgent(signal, log);
  show();
  const control = await openControl(engine, signal);
  const session = await openSession(control, {
    folder: order.folder,
    dockerfileFolder: dirname(resolve(order.folder, order.dockerfile)),
    ignoreLines: async () => readIgnoreLines(order.folder, await ignoreFileOf(order.folder, order.dockerfile, 'buildkit'), 'buildkit'),
    secrets: order.secrets,
    withheld,
    ssh: order.ssh === true,
    witness,
    logins,
    signal,
  }).catch((error) => {
    control.close();
    throw error;
  });
  try {
    const request = solveRequest(withInlineCache(order), session.id);
    noteRef?.(request.Ref);
    const made = control.solve(request, signal);
    made.catch(() => {}); // told below, after what it did
    failed = made.then(
      () => undefined,
      (error: Error) => error,
    );
    for await (const status of control.status(request.Ref, signal)) {
      state = foldBuildKit(state, status);
      for (const { vertex, msg } of status.logs) output.write(vertex, msg);
      if (status.vertexes.length > 0 || status.statuses.length > 0) show();
    }
    imageId = (await made)['containerimage.digest'];
  } catch (caught) {
    // of a build that fails at once there may be nothing to tell but why
    const error = (caught instanceof GrpcError && caught.status === grpcStatus.notFound && (await failed)) || (caught as Error);
    state = endBuildKit(state);
    show();
    throw session.problem() ?? firstError(error, state);
  } finally {
    output.end();
    session.close();
    control.close();
  }
  if (!imageId) throw noImageMade;
  if (isBefore(engine.apiVersion, firstToTellNames)) await tellNames(engine, imageId, order.references, signal);
  return { imageId, ...countSteps(buildKitProgress(state).steps) };
};

/** The first engine that tells of the names that BuildKit gives (Docker 23). */
const firstToTellNames = '1.42';

/** Gives an image its names once more, so that everybody who follows the engine's events hears of them. */
async function tellNames({ docker }: Engine, imageId: string, references: string[], signal: AbortSignal): Promise<void> {
  for (const reference of references) {
    const { registry, repository, tag = 'latest' } = parseReference(reference);
    const repo = registry ? `${registry}/${repository}` : repository;
    await requestJson(docker, { method: 'POST', path: `/images/${imageId}/tag`, query: { repo, tag }, signal });
  }
}

/** Rejects before anything is sent if there is no agent. An agent without keys may do: not every server asks for one. */
async function checkAgent(signal: AbortSignal, log: (text: string) => void): Promise<void> {
  if ((await countKeys(signal)) !== 0) return;
  log('This computer’s SSH agent has no keys right now, or it is locked. Steps that need a key will fail. Add your key or unlock it.');
}

// this reserved argument tells BuildKit to write into the image what another computer needs to reuse its steps
const withInlineCache = (order: BuildOrder): BuildOrder =>
  order.inlineCache ? { ...order, args: { ...order.args, BUILDKIT_INLINE_CACHE: '1' } } : order;

// what is being transferred now: the runner measures the pace from it
function movingBytes({ steps }: BuildKitState): { bytes?: NonNullable<BuildStep['bytes']> } {
  const bytes = Object.values(steps).findLast((step) => step.state === 'running' && step.bytes)?.bytes;
  return bytes ? { bytes } : {};
}
