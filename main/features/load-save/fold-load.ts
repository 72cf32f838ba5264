import type { Progress } from '../../../contract/task.ts';
import type { LayerTransfer } from '../../../contract/transfer.ts';
import { engineNumber } from '../../foundation/engine/engine-number.ts';

export type LoadLine = { stream?: string; status?: string; id?: string; progressDetail?: { current?: number; total?: number } };

export type LoadState = { layers: ReadonlyMap<string, LayerTransfer>; loaded: string[] };

export const emptyLoad: LoadState = { layers: new Map(), loaded: [] };

/** Folds one line of the engine's answer into the state of a load. Pure; lines may come in any order, twice, or with fields missing. */
export function foldLoad(state: LoadState, { stream, status, id, progressDetail }: LoadLine): LoadState {
  const names = typeof stream === 'string' ? namesIn(stream) : [];
  if (names.length > 0) return { ...state, loaded: [...new Set([...state.loaded, ...names])] };
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

// Podman lists all names on one line; Docker sends one message with a line for each id
const namesIn = (stream: string): string[] =>
  [...stream.matchAll(/^Loaded image(?: ID)?: (\S+)/gm)].flatMap(([, names = '']) => names.split(',').filter(Boolean));

/** Each image once: if a file's last image has no name, Docker lists the ids of all images, even those it has named already. */
export const withoutNamed = (loaded: string[], images: { ids: string[]; names: string[] }[]): string[] =>
  loaded.filter((one) => !images.some(({ ids, names }) => ids.includes(one) && names.some((name) => loaded.includes(name))));

/** The second phase of a load. The engine names each layer only when it gets to it, so the total is unknown. */
export function unpackProgress({ layers }: LoadState): Progress {
  return { phase: 'unpacking', layers: [...layers.values()] };
}
