import type { BuildProgress, BuildStep } from '../../contract/build.ts';
import type { StatusResponse } from './session/protocols.ts';
import { placeOf } from './step-name.ts';

export type BuildKitState = { steps: Record<string, BuildStep> };

export const emptyBuildKit: BuildKitState = { steps: {} };

/** Folds one status of BuildKit into the steps, in the order in which they became known. Pure. */
export function foldBuildKit(state: BuildKitState, { vertexes, statuses }: StatusResponse): BuildKitState {
  const steps = { ...state.steps };
  for (const vertex of vertexes) steps[vertex.digest] = { ...steps[vertex.digest], ...stepOf(vertex) };
  for (const [id, own] of Object.entries(Object.groupBy(statuses, ({ vertex }) => vertex))) {
    const step = steps[id];
    const bytes = own && bytesOf(own);
    if (step && bytes) steps[id] = { ...step, bytes };
  }
  return { steps };
}

/** What still ran when the build ended without a word of its own, as it does when it is stopped or the engine goes. */
export function endBuildKit({ steps }: BuildKitState): BuildKitState {
  const ended = Object.entries(steps).map(([id, step]) => [id, step.state === 'running' ? { ...step, state: 'cancelled' as const } : step]);
  return { steps: Object.fromEntries(ended) };
}

/** Of several errors at once BuildKit may hand on that of what it called off itself; the step that failed knows more. */
export function firstError(error: Error, { steps }: BuildKitState): Error {
  if (!isCancelled(error.message)) return error;
  const failed = Object.values(steps).find(({ state }) => state === 'failed');
  return failed?.error ? new Error(failed.error, { cause: error }) : error;
}

/** The steps as the window is told them; what a step needs is named only as far as it is a step itself. */
export function buildKitProgress({ steps }: BuildKitState): BuildProgress {
  const known = Object.values(steps).map((step) => ({
    ...step,
    state: costNothing(step) ? 'cached' : step.state,
    ...neededOf(step, steps),
  }));
  return { builder: 'buildkit', steps: known };
}

type Vertex = StatusResponse['vertexes'][number];

function stepOf({ digest, inputs, name, cached, started, completed, error }: Vertex): BuildStep {
  const startedAt = started && milliseconds(started);
  const endedAt = completed && milliseconds(completed);
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

// BuildKit calls a base image that is here "cached" only from time to time; without a byte got, it cost nothing
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

const milliseconds = ({ seconds, nanos }: { seconds: number; nanos: number }): number => seconds * 1000 + nanos / 1e6;
