import type { Progress } from '../../contract/task.ts';
import type { LayerTransfer } from '../../contract/transfer.ts';

export type LoadLine = { stream?: string; status?: string; id?: string; progressDetail?: { current?: number; total?: number } };

export type LoadState = { layers: Record<string, LayerTransfer>; loaded: string[] };

export const emptyLoad: LoadState = { layers: {}, loaded: [] };

/** Folds one line of the engine's answer to a load. Pure. */
export function foldLoad(state: LoadState, { stream, status, id, progressDetail }: LoadLine): LoadState {
  const name = /^Loaded image(?: ID)?: (\S+)/.exec(stream ?? '')?.[1];
  if (name) return { ...state, loaded: [...state.loaded, name] };
  if (status !== 'Loading layer' || !id) return state;
  const { current = 0, total } = progressDetail ?? {};
  const before = state.layers[id]?.bytes?.done ?? 0;
  const size = total && total > 0 ? total : undefined;
  const done = Math.min(Math.max(before, current), size ?? Number.POSITIVE_INFINITY);
  const layer: LayerTransfer = {
    id,
    state: size !== undefined && done >= size ? 'done' : 'unpacking',
    bytes: { done, ...(size && { total: size }) },
  };
  return { ...state, layers: { ...state.layers, [id]: layer } };
}

/** The second phase of a load: the engine names a layer only when it comes to it, so the whole is not known. */
export function unpackProgress({ layers }: LoadState): Progress {
  return { phase: 'unpacking', layers: Object.values(layers) };
}
