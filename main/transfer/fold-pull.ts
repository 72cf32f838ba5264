import type { Progress } from '../../contract/task.ts';
import type { LayerTransfer } from '../../contract/transfer.ts';

/** A line of the answer to a pull or push, as the engines send it. */
export type TransferLine = {
  status?: string;
  id?: string;
  progressDetail?: { current?: number; total?: number; units?: string };
  aux?: { Tag?: string; Digest?: string; Size?: number };
};

type PulledLayer = LayerTransfer & { size?: number; downloaded: number; unpacked: number };

export type PullState = {
  /** In the order the engine named them. */
  layers: Record<string, PulledLayer>;
  digest?: string;
  /** The engine's last word; only with it has a pull succeeded. */
  finalStatus?: string;
  fraction?: number;
};

export const emptyPull: PullState = { layers: {} };

/** Folds one line into what is known of a pull. Pure; lines may come in any order, twice, or with fields missing. */
export function foldPull(state: PullState, line: TransferLine): PullState {
  const { status = '', id } = line;
  if (status.startsWith('Digest: ')) return { ...state, digest: status.slice('Digest: '.length) };
  if (status.startsWith('Status: ')) return { ...state, finalStatus: status.slice('Status: '.length) };
  if (!id || status.startsWith('Pulling from ')) return state;
  const before = state.layers[id] ?? { id, state: 'waiting', downloaded: 0, unpacked: 0 };
  const layer = foldLayer(before, status, line.progressDetail ?? {});
  if (!layer) return state;
  const next = { ...state, layers: { ...state.layers, [id]: layer } };
  const fraction = fractionOf(Object.values(next.layers));
  return fraction === undefined ? next : { ...next, fraction: Math.max(state.fraction ?? 0, fraction) };
}

function foldLayer(layer: PulledLayer, status: string, { current, total, units }: NonNullable<TransferLine['progressDetail']>) {
  const { retryInSeconds: _retry, ...rest } = layer;
  const retry = /^Retrying in (\d+) second/.exec(status);
  if (retry) return { ...rest, state: 'retrying', retryInSeconds: Number(retry[1]) } satisfies PulledLayer;
  switch (status) {
    case 'Pulling fs layer':
    case 'Waiting':
      return { ...rest, state: 'waiting' } satisfies PulledLayer;
    case 'Downloading': {
      const size = total && total > 0 ? total : rest.size;
      const downloaded = Math.min(Math.max(rest.downloaded, current ?? 0), size ?? Number.POSITIVE_INFINITY);
      return withSize({ ...rest, state: 'downloading', downloaded, bytes: { done: downloaded, ...(size && { total: size }) } }, size);
    }
    case 'Verifying Checksum':
    case 'Download complete':
      return { ...rest, state: 'checking', downloaded: rest.size ?? rest.downloaded } satisfies PulledLayer;
    case 'Extracting':
      return unpacking(rest, current, total, units);
    case 'Pull complete':
      return { ...rest, state: 'done', downloaded: rest.size ?? rest.downloaded, unpacked: rest.size ?? 0 } satisfies PulledLayer;
    case 'Already exists':
      return { ...rest, state: 'there-already' } satisfies PulledLayer;
    default:
      return undefined;
  }
}

const withSize = (layer: PulledLayer, size: number | undefined): PulledLayer => (size ? { ...layer, size } : layer);

function unpacking(layer: PulledLayer, current = 0, total: number | undefined, units: string | undefined): PulledLayer {
  const downloaded = layer.size ?? layer.downloaded;
  // the containerd store counts seconds here, which say nothing of the end
  if (units === 's') return { ...layer, state: 'unpacking', downloaded, unpackingSeconds: current };
  const size = total && total > 0 ? total : layer.size;
  const unpacked = Math.min(Math.max(layer.unpacked, current), size ?? Number.POSITIVE_INFINITY);
  return withSize(
    { ...layer, state: 'unpacking', downloaded: size ?? downloaded, unpacked, bytes: { done: unpacked, ...(size && { total: size }) } },
    size,
  );
}

// Downloading is one half of the work and unpacking the other; the whole is known when every layer's size is.
function fractionOf(layers: PulledLayer[]): number | undefined {
  const moving = layers.filter(({ state }) => state !== 'there-already');
  if (moving.length === 0 || moving.some(({ size }) => size === undefined)) return undefined;
  const total = moving.reduce((sum, { size = 0 }) => sum + size, 0);
  const done = moving.reduce((sum, { downloaded, unpacked, size = 0 }) => sum + Math.min(downloaded, size) + Math.min(unpacked, size), 0);
  return total === 0 ? undefined : done / (2 * total);
}

/** What a window shows of a pull. */
export function pullProgress(state: PullState): Progress {
  const all = Object.values(state.layers);
  const moving = all.filter(({ state: now }) => now !== 'there-already');
  const known = moving.every(({ size }) => size !== undefined);
  const downloading = moving.some(({ state: now }) => now === 'downloading' || now === 'waiting' || now === 'retrying');
  const done = moving.reduce((sum, { downloaded }) => sum + downloaded, 0);
  const total = moving.reduce((sum, { size = 0 }) => sum + size, 0);
  return {
    phase: all.length === 0 ? 'starting' : downloading ? 'downloading' : 'unpacking',
    ...(state.fraction !== undefined && { fraction: state.fraction }),
    ...(moving.length > 0 && { bytes: { done, ...(known && { total }) } }),
    layers: all.map(({ size: _size, downloaded: _downloaded, unpacked: _unpacked, ...layer }) => layer),
  };
}
