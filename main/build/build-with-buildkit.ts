import { randomUUID } from 'node:crypto';
import { basename, dirname, resolve } from 'node:path';
import type { BuildStep } from '../../contract/build.ts';
import { readNdjson } from '../engine/ndjson.ts';
import { requestStream } from '../engine/request.ts';
import type { BuildOrder, BuildRun } from './build-image.ts';
import { buildQuery, countSteps, noImageMade } from './build-query.ts';
import { type BuildKitState, buildKitProgress, emptyBuildKit, endBuildKit, firstError, foldBuildKit } from './fold-buildkit.ts';
import { ignoreFileOf, readIgnoreLines } from './inspect/ignore-file.ts';
import { openSession } from './session/open-session.ts';
import { readStatus } from './session/protocols.ts';
import { countKeys } from './ssh/find-agent.ts';
import { StepOutput } from './step-output.ts';

type BuildKitLine = { id?: string; aux?: string | { ID?: string } };

/** Builds with BuildKit over a session: it asks for the files it needs instead of being sent all of them. */
export const buildWithBuildKit: BuildRun = async (engine, order, { signal, report, log }, { witness, logins, withheld }) => {
  let state: BuildKitState = emptyBuildKit;
  let imageId: string | undefined;
  const output = new StepOutput(log);
  const show = () => report({ phase: 'building', build: buildKitProgress(state), ...movingBytes(state) });
  if (order.ssh) await lookAtAgent(signal, log);
  show();
  const session = await openSession(engine, {
    folder: order.folder,
    dockerfileFolder: dirname(resolve(order.folder, order.dockerfile)),
    ignoreLines: async () => readIgnoreLines(order.folder, await ignoreFileOf(order.folder, order.dockerfile, 'buildkit'), 'buildkit'),
    secrets: order.secrets,
    withheld,
    ssh: order.ssh === true,
    witness,
    logins,
    signal,
  });
  try {
    const query = {
      ...buildQuery(withInlineCache(order)),
      version: 2,
      remote: 'client-session',
      session: session.id,
      buildid: randomUUID(),
      dockerfile: basename(order.dockerfile),
    };
    const stream = await requestStream(engine.docker, { method: 'POST', path: '/build', query, signal });
    for await (const { id, aux } of readNdjson<BuildKitLine>(stream)) {
      if (id === 'moby.buildkit.trace' && typeof aux === 'string') {
        const status = readStatus(Buffer.from(aux, 'base64'));
        state = foldBuildKit(state, status);
        for (const { vertex, msg } of status.logs) output.write(vertex, msg);
        if (status.vertexes.length > 0 || status.statuses.length > 0) show();
      } else if (id === 'moby.image.id' && typeof aux === 'object') imageId = aux.ID;
    }
  } catch (error) {
    state = endBuildKit(state);
    show();
    throw session.problem() ?? firstError(error as Error, state);
  } finally {
    output.end();
    session.close();
  }
  if (!imageId) throw noImageMade;
  return { imageId, ...countSteps(buildKitProgress(state).steps) };
};

/** Rejects before anything is sent where there is no agent. One without keys may do: not every server asks for one. */
async function lookAtAgent(signal: AbortSignal, log: (text: string) => void): Promise<void> {
  if ((await countKeys(signal)) !== 0) return;
  log('The SSH agent of this computer has no keys now, or is locked. Steps that need one will fail: add your key to it, or unlock it.');
}

// a reserved argument asks BuildKit to write into the image what another computer needs to reuse its steps
const withInlineCache = (order: BuildOrder): BuildOrder =>
  order.inlineCache ? { ...order, args: { ...order.args, BUILDKIT_INLINE_CACHE: '1' } } : order;

// what is transferred now: by it the runner knows the pace
function movingBytes({ steps }: BuildKitState): { bytes?: NonNullable<BuildStep['bytes']> } {
  const bytes = Object.values(steps).findLast((step) => step.state === 'running' && step.bytes)?.bytes;
  return bytes ? { bytes } : {};
}
