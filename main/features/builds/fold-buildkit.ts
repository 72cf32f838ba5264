import type { BuildProgress, BuildStep } from '../../../contract/build.ts';
import type { StatusResponse } from '../../foundation/buildkit/protocols.ts';
import { millisecondsOf } from '../../foundation/formats/timestamp.ts';
import { orderSteps } from './order-steps.ts';
import { placeOf } from './step-name.ts';

export type BuildKitState = { steps: Record<string, BuildStep> };

export const emptyBuildKit: BuildKitState = { steps: {} };

/** Folds one status message from BuildKit into the steps, each behind those it needs. Pure. */
export function foldBuildKit(state: BuildKitState, { vertexes, statuses }: StatusResponse): BuildKitState {
  // most messages only bring output
  if (vertexes.length === 0 && statuses.length === 0) return state;
  const known = { ...state.steps };
  for (const vertex of vertexes) known[vertex.digest] = updated(known[vertex.digest], stepOf(vertex));
  const steps = vertexes.some(({ digest }) => !Object.hasOwn(state.steps, digest)) ? orderSteps(known) : known;
  for (const [id, own] of Object.entries(Object.groupBy(statuses, ({ vertex }) => vertex))) {
    const step = steps[id];
    const bytes = own && bytesOf(own);
    if (step && bytes) steps[id] = { ...step, bytes };
  }
  return { steps };
}

/** Marks what was still running when the build ended without saying so: it was stopped, or the engine went away. */
export function endBuildKit({ steps }: BuildKitState): BuildKitState {
  const ended = Object.entries(steps).map(([id, step]) => [id, step.state === 'running' ? { ...step, state: 'cancelled' as const } : step]);
  return { steps: Object.fromEntries(ended) };
}

/** The error to show: BuildKit may report a step that it cancelled itself, and then the failed step's own error says more. */
export function firstError(error: Error, { steps }: BuildKitState): Error {
  if (!isCancelled(error.message)) return error;
  const failed = Object.values(steps).find(({ state }) => state === 'failed');
  return failed?.error ? new Error(failed.error, { cause: error }) : error;
}

/** The steps as the window sees them; `needs` lists only ids that are steps themselves. */
export function buildKitProgress({ steps }: BuildKitState): BuildProgress {
  const known = Object.values(steps).map((step) => ({
    ...step,
    state: costNothing(step) ? 'cached' : step.state,
    ...neededOf(step, steps),
  }));
  return { builder: 'buildkit', steps: known };
}

// what was found in the cache of a registry is got later, and then told of as if it were built
const updated = (before: BuildStep | undefined, now: BuildStep): BuildStep => ({
  ...before,
  ...now,
  ...(before?.state === 'cached' && now.state !== 'failed' && { state: 'cached' }),
});

type Vertex = StatusResponse['vertexes'][number];

function stepOf({ digest, inputs, name, cached, started, completed, error }: Vertex): BuildStep {
  const startedAt = started && millisecondsOf(started);
  const endedAt = completed && millisecondsOf(completed);
  return {
    id: digest,
    ...placeOf(name),
    ...(inputs.length > 0 && { needs: inputs }),
    state: error
      ? isCancelled(error)
        ? 'cancelled'
        : 'failed'
      : cached
        ? 'cached'
        : endedAt
          ? 'built'
          : startedAt
            ? 'running'
            : 'waiting',
    ...(startedAt && { startedAt }),
    ...(startedAt && endedAt && { seconds: (endedAt - startedAt) / 1000 }),
    ...(error && { error }),
  };
}

const neededOf = ({ needs }: BuildStep, steps: BuildKitState['steps']): Pick<BuildStep, 'needs'> =>
  needs ? { needs: needs.filter((id) => Object.hasOwn(steps, id)) } : {};

// BuildKit does not always call a local base image "cached"; if no byte was fetched, it cost nothing
const costNothing = ({ state, number, bytes, instruction }: BuildStep): boolean =>
  state === 'built' && number === 1 && !bytes && /^FROM\s/i.test(instruction);

function bytesOf(statuses: StatusResponse['statuses']): { done: number; total?: number } | undefined {
  const counted = statuses.filter(({ current, total }) => current > 0 || total > 0);
  if (counted.length === 0) return undefined;
  const newest = new Map(counted.map((status) => [status.ID, status]));
  const all = [...newest.values()];
  const done = all.reduce((sum, { current }) => sum + current, 0);
  const total = all.reduce((sum, one) => sum + one.total, 0);
  return { done, ...(total > 0 && { total: Math.max(total, done) }) };
}

const isCancelled = (error: string): boolean => /context cancell?ed/.test(error);
