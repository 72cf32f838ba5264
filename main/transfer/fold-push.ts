import type { Progress } from '../../contract/task.ts';
import type { LayerTransfer } from '../../contract/transfer.ts';
import type { TransferLine } from './fold-pull.ts';

type PushedLayer = LayerTransfer & { sent: number; size?: number };

export type PushState = {
  layers: Record<string, PushedLayer>;
  /** The registry's last word; only with it has a push succeeded. */
  digest?: string | undefined;
  fraction?: number;
};

export const emptyPush: PushState = { layers: {} };

/** Folds one line into what is known of a push. Pure; lines may come in any order, twice, or with fields missing. */
export function foldPush(state: PushState, line: TransferLine): PushState {
  const { status = '', id, aux } = line;
  const digest = aux?.Digest ?? /: digest: (sha256:[0-9a-f]{64}) size: /.exec(status)?.[1];
  if (digest) return { ...state, digest };
  if (!id) return state;
  const before = state.layers[id] ?? { id, state: 'preparing', sent: 0 };
  const layer = foldLayer(before, status, line.progressDetail ?? {});
  if (!layer) return state;
  const next = { ...state, layers: { ...state.layers, [id]: layer } };
  const fraction = fractionOf(Object.values(next.layers));
  return fraction === undefined ? next : { ...next, fraction: Math.max(state.fraction ?? 0, fraction) };
}

function foldLayer(layer: PushedLayer, status: string, { current = 0, total }: NonNullable<TransferLine['progressDetail']>) {
  const { retryInSeconds: _retry, ...rest } = layer;
  const retry = /^Retrying in (\d+) second/.exec(status);
  if (retry) return { ...rest, state: 'retrying', retryInSeconds: Number(retry[1]) } satisfies PushedLayer;
  if (status.startsWith('Mounted from '))
    return { ...rest, state: 'mounted', mountedFrom: status.slice('Mounted from '.length) } satisfies PushedLayer;
  switch (status) {
    case 'Preparing':
      return { ...rest, state: 'preparing' } satisfies PushedLayer;
    case 'Waiting':
      return { ...rest, state: 'waiting' } satisfies PushedLayer;
    case 'Pushing': {
      const size = total && total > 0 ? total : rest.size;
      // the engine counts tar padding into `current`, which may so pass the total
      const sent = Math.min(Math.max(rest.sent, current), size ?? Number.POSITIVE_INFINITY);
      return {
        ...rest,
        state: 'uploading',
        sent,
        ...(size && { size }),
        bytes: { done: sent, ...(size && { total: size }) },
      } satisfies PushedLayer;
    }
    case 'Pushed':
      // where no size was ever said, what was sent is the size
      return { ...rest, state: 'done', sent: rest.size ?? rest.sent, size: rest.size ?? rest.sent } satisfies PushedLayer;
    case 'Layer already exists':
      return { ...rest, state: 'there-already' } satisfies PushedLayer;
    default:
      return undefined;
  }
}

const isPresent = ({ state }: PushedLayer): boolean => state === 'there-already' || state === 'mounted';

function fractionOf(layers: PushedLayer[]): number | undefined {
  const moving = layers.filter((layer) => !isPresent(layer));
  if (moving.length === 0 || moving.some(({ size }) => size === undefined)) return undefined;
  const total = moving.reduce((sum, { size = 0 }) => sum + size, 0);
  return total === 0 ? undefined : moving.reduce((sum, { sent }) => sum + sent, 0) / total;
}

/** What a window shows of a push. Bytes are those of the unpacked layers, as the engine counts them. */
export function pushProgress(state: PushState): Progress {
  const all = Object.values(state.layers);
  const moving = all.filter((layer) => !isPresent(layer));
  const known = moving.every(({ size }) => size !== undefined);
  const done = moving.reduce((sum, { sent }) => sum + sent, 0);
  const total = moving.reduce((sum, { size = 0 }) => sum + size, 0);
  return {
    phase: all.length === 0 ? 'starting' : moving.every(({ state: now }) => now === 'done') ? 'finishing' : 'uploading',
    ...(state.fraction !== undefined && { fraction: state.fraction }),
    ...(moving.length > 0 && { bytes: { done, ...(known && { total }) } }),
    layers: all.map(({ size: _size, sent: _sent, ...layer }) => layer),
  };
}

/** "2 of 9 layers sent": what a finished push really moved. */
export function pushSummary(state: PushState): { sentLayers: number; sentBytes: number; presentLayers: number } {
  const all = Object.values(state.layers);
  const moved = all.filter((layer) => !isPresent(layer));
  return { sentLayers: moved.length, sentBytes: moved.reduce((sum, { sent }) => sum + sent, 0), presentLayers: all.length - moved.length };
}
