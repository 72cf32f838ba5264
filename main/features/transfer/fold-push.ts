import type { Progress } from '../../../contract/task.ts';
import type { LayerTransfer } from '../../../contract/transfer.ts';
import {
  emptyList,
  fractionOf,
  type LayerList,
  type LayerSums,
  layerOf,
  mapLayers,
  noShare,
  withLayer,
} from '../../foundation/layers/layer-list.ts';
import { readDetail, readStatus, type TransferLine } from './transfer-line.ts';

type PushedLayer = LayerTransfer & {
  sent: number;
  size?: number;
  /** Bytes of it sent for earlier names. */
  sentBefore: number;
  /** An earlier name has settled it; only sending it again, to another registry, changes that. */
  isSettled?: boolean;
};

export type PushState = {
  layers: LayerList<PushedLayer>;
  /** The digest that the registry confirmed for the name; only with it has a push succeeded. */
  digest?: string | undefined;
  fraction?: number | undefined;
};

export const emptyPush: PushState = { layers: emptyList };

/** Continues with another name; what was sent before stays sent. */
export const nextName = ({ layers, fraction }: PushState): PushState => ({
  layers: mapLayers(layers, (layer) => settled(arrived(layer)), shareOf),
  fraction,
});

/** Folds one line into the state of a push. Pure; lines may come in any order, twice, or with fields missing. */
export function foldPush(state: PushState, line: TransferLine): PushState {
  const status = readStatus(line);
  const digest = line.aux?.Digest ?? /: digest: (sha256:[0-9a-f]{64}) size: /.exec(status)?.[1];
  if (digest) return { ...state, layers: mapLayers(state.layers, arrived, shareOf), digest };
  const { id } = line;
  if (typeof id !== 'string' || id === '') return state;
  const before = layerOf(state.layers, id) ?? { id, state: 'preparing', sent: 0, sentBefore: 0 };
  const layer = foldLayer(before, status, line);
  if (!layer) return state;
  const layers = withLayer(state.layers, layer, shareOf);
  return { ...state, layers, fraction: fractionOf(layers, state.fraction) };
}

// undefined if the line says nothing new about the layer
function foldLayer(layer: PushedLayer, status: string, line: TransferLine): PushedLayer | undefined {
  const { retryInSeconds: _retry, ...rest } = layer;
  // the containerd store may say of a layer that it sends again no more than that it did
  const isSending = ['Pushing', 'Pushed'].includes(status) || status.startsWith('Retrying in ');
  if (layer.isSettled ? !isSending : layer.state === 'done') return undefined;
  const retry = /^Retrying in (\d+) second/.exec(status);
  if (retry) return { ...rest, isSettled: false, state: 'retrying', retryInSeconds: Number(retry[1]) };
  if (status.startsWith('Mounted from ')) {
    return hasMoved(rest) ? done(rest) : { ...rest, state: 'mounted', mountedFrom: status.slice('Mounted from '.length) };
  }
  switch (status) {
    case 'Preparing':
    case 'Waiting':
      return isPresent(rest) ? undefined : { ...rest, state: status === 'Waiting' ? 'waiting' : 'preparing' };
    case 'Pushing':
      return pushing(rest, line);
    case 'Pushed':
      return done({ ...rest, isSettled: false });
    case 'Layer already exists':
      return hasMoved(rest) ? done(rest) : { ...rest, state: 'there-already' };
    default:
      return undefined;
  }
}

function pushing({ mountedFrom: _from, ...layer }: PushedLayer, line: TransferLine): PushedLayer {
  const { current, total } = readDetail(line);
  // a total of 0 is left out: an empty layer is still sent as a tarball, but for other layers its blocks are not counted either
  const isSized = total !== undefined || layer.size !== undefined || current > 0;
  const size = isSized ? Math.max(total ?? 0, layer.size ?? 0, layer.sent) : undefined;
  // the engine includes tar padding in `current`, which may therefore exceed the total
  const sent = Math.min(Math.max(layer.sent, current), size ?? Number.POSITIVE_INFINITY);
  return {
    ...layer,
    ...(size !== undefined && { size }),
    isSettled: false,
    state: 'uploading',
    sent,
    ...(size !== 0 && { bytes: { done: sent, ...(size && { total: size }) } }),
  };
}

function done({ mountedFrom: _from, retryInSeconds: _retry, ...layer }: PushedLayer): PushedLayer {
  const { size } = layer;
  if (size === undefined) return { ...layer, state: 'done' };
  return { ...layer, state: 'done', sent: size, ...(size > 0 && { bytes: { done: size, total: size } }) };
}

/** The layer once the registry has confirmed the digest: a layer that was never mentioned did not have to be sent. */
function arrived(layer: PushedLayer): PushedLayer {
  if (isPresent(layer) || layer.isSettled) return layer;
  return hasMoved(layer) || layer.state === 'done' ? done(layer) : { ...layer, state: 'there-already' };
}

const settled = ({ size: _size, sent, ...layer }: PushedLayer): PushedLayer => ({
  ...layer,
  sentBefore: layer.sentBefore + sent,
  sent: 0,
  isSettled: true,
});

const hasMoved = ({ size, sent, sentBefore }: PushedLayer): boolean => size !== undefined || sent + sentBefore > 0;

const isPresent = ({ state }: PushedLayer): boolean => state === 'there-already' || state === 'mounted';

function shareOf(layer: PushedLayer): LayerSums {
  if (isPresent(layer)) return noShare;
  const { state, size, sent, sentBefore, isSettled } = layer;
  const bytes = sentBefore + sent;
  const totalBytes = sentBefore + (size ?? sent);
  const unsized = size === undefined && !isSettled && state !== 'done' ? 1 : 0;
  return { moving: 1, unsized, onTheWay: state === 'done' ? 0 : 1, bytes, totalBytes, work: bytes, totalWork: totalBytes };
}

/** A push's progress for the window. Bytes are those of the unpacked layers, as the engine counts them. */
export function pushProgress({ layers: { layers, sums }, fraction }: PushState): Progress {
  const { moving, unsized, onTheWay, bytes, totalBytes } = sums;
  return {
    phase: layers.length === 0 ? 'starting' : onTheWay === 0 ? 'finishing' : 'uploading',
    ...(fraction !== undefined && { fraction }),
    ...(moving > 0 && { bytes: { done: bytes, ...(unsized === 0 && { total: totalBytes }) } }),
    layers: layers.map(({ size: _size, sent: _sent, sentBefore: _before, isSettled: _settled, ...layer }) => layer),
  };
}

/** Whether some layers were sent so fast that the engine never counted their bytes; the registry knows their sizes. */
export const hasUncounted = ({ layers: { layers } }: PushState): boolean => layers.some(isUncounted);

/** The same push with the bytes of such layers, by the start of their digests. */
export const withSizes = (state: PushState, sizes: ReadonlyMap<string, number>): PushState => ({
  ...state,
  layers: mapLayers(state.layers, (layer) => (isUncounted(layer) ? sized(layer, sizes.get(layer.id)) : layer), shareOf),
});

const isUncounted = ({ state, size, isSettled }: PushedLayer): boolean => state === 'done' && size === undefined && !isSettled;

const sized = (layer: PushedLayer, size: number | undefined): PushedLayer =>
  size === undefined ? layer : { ...layer, size, sent: size, bytes: { done: size, total: size } };

/** What a finished push really moved: "2 of 9 layers sent". */
export function pushSummary({ layers: { layers, sums } }: PushState): { sentLayers: number; sentBytes: number; presentLayers: number } {
  return { sentLayers: sums.moving, sentBytes: sums.bytes, presentLayers: layers.length - sums.moving };
}
