import type { Progress } from '../../contract/task.ts';
import type { LayerTransfer } from '../../contract/transfer.ts';
import { engineNumber } from '../engine/engine-number.ts';

export type LoadLine = { stream?: string; status?: string; id?: string; progressDetail?: { current?: number; total?: number } };

export type LoadState = { layers: ReadonlyMap<string, LayerTransfer>; loaded: string[] };

export const emptyLoad: LoadState = { layers: new Map(), loaded: [] };

/** Folds one line of the engine's answer to a load. Pure; lines may come in any order, twice, or with fields missing. */
export function foldLoad(state: LoadState, { stream, status, id, progressDetail }: LoadLine): LoadState {
  const names = typeof stream === 'string' ? /^Loaded image(?: ID)?: (\S+)/.exec(stream)?.[1] : undefined;
  // Podman names them all on one line
  if (names) return { ...state, loaded: [...new Set([...state.loaded, ...names.split(',').filter(Boolean)])] };
  if (status !== 'Loading layer' || typeof id !== 'string' || id === '') return state;
  const before = state.layers.get(id)?.bytes;
  const total = Math.max(engineNumber(progressDetail?.total) ?? 0, before?.total ?? 0, before?.done ?? 0);
  const size = engineNumber(progressDetail?.total) || before?.total ? total : undefined;
  const done = Math.min(Math.max(before?.done ?? 0, engineNumber(progressDetail?.current) ?? 0), size ?? Number.POSITIVE_INFINITY);
  const layer: LayerTransfer = {
    id,
    state: size !== undefined && done >= size ? 'done' : 'unpacking',
    bytes: { done, ...(size && { total: size }) },
  };
  return { ...state, layers: new Map(state.layers).set(id, layer) };
}

/** The second phase of a load: the engine names a layer only when it comes to it, so the whole is not known. */
export function unpackProgress({ layers }: LoadState): Progress {
  return { phase: 'unpacking', layers: [...layers.values()] };
}
