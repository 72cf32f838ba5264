import type { Progress } from '../../../contract/task.ts';
import type { LayerTransfer } from '../../../contract/transfer.ts';
import { emptyList, fractionOf, type LayerList, type LayerSums, layerOf, noShare, withLayer } from '../../foundation/layers/layer-list.ts';
import { readDetail, readStatus, type TransferLine } from './transfer-line.ts';

type PulledLayer = LayerTransfer & {
  size?: number;
  /** The registry's figure from a forecast; the engine's own figure takes precedence. */
  expected?: number;
  downloaded: number;
  unpacked: number;
};

export type PullState = {
  layers: LayerList<PulledLayer>;
  digest?: string;
  /** The engine's final status; only with it has a pull succeeded. */
  finalStatus?: string;
  fraction?: number | undefined;
  expectedSize?: ExpectedSize | undefined;
};

/** Gives the bytes of a layer before the engine does, or says that the id is no layer; undefined if nobody knows. */
export type ExpectedSize = (id: string) => number | 'no-layer' | undefined;

export const emptyPull: PullState = { layers: emptyList };

/** Folds one line into the state of a pull. Pure; lines may come in any order, twice, or with fields missing. */
export function foldPull(state: PullState, line: TransferLine): PullState {
  const status = readStatus(line);
  if (status.startsWith('Digest: ')) return { ...state, digest: status.slice('Digest: '.length) };
  if (status.startsWith('Status: ')) return { ...arrived(state), finalStatus: status.slice('Status: '.length) };
  const { id } = line;
  if (typeof id !== 'string' || id === '' || status.startsWith('Pulling from ')) return state;
  const expected = state.expectedSize?.(id);
  // Podman reports the configuration as if it were a layer
  if (expected === 'no-layer') return state;
  const before = layerOf(state.layers, id) ?? newLayer(id, expected);
  const layer = foldLayer(before, status, line);
  if (!layer) return state;
  const layers = withLayer(state.layers, layer, shareOf);
  return { ...state, layers, fraction: fractionOf(layers, state.fraction) };
}

const newLayer = (id: string, expected: number | undefined): PulledLayer => ({
  id,
  state: 'waiting',
  downloaded: 0,
  unpacked: 0,
  ...(expected !== undefined && { expected, bytes: { done: 0, total: expected } }),
});

/**
 * Marks every layer as arrived, for engines that do not report each one. `configuration` is the short id of what is none, though Podman
 * reports it.
 */
export const arrived = (state: PullState, configuration?: string): PullState => ({
  ...state,
  layers: state.layers.layers
    .filter(({ id }) => id !== configuration)
    .reduce<LayerList<PulledLayer>>(
      (list, layer) => withLayer(list, layer.state === 'there-already' ? layer : done(layer), shareOf),
      emptyList,
    ),
});

// undefined if the line says nothing new about the layer
function foldLayer(layer: PulledLayer, status: string, line: TransferLine): PulledLayer | undefined {
  // an image may have the same digest twice, which is then reported again
  if (layer.state === 'done') return undefined;
  const { retryInSeconds: _retry, ...rest } = layer;
  const retry = /^Retrying in (\d+) second/.exec(status);
  if (retry) return { ...rest, state: 'retrying', retryInSeconds: Number(retry[1]) };
  switch (status) {
    case 'Pulling fs layer':
    case 'Waiting':
      return layer.state === 'there-already' ? undefined : { ...rest, state: 'waiting' };
    case 'Downloading':
      return downloading(rest, line);
    case 'Verifying Checksum':
      return { ...downloaded(rest), state: 'checking' };
    case 'Download complete':
      // the containerd store reports nothing more about a layer, and unpacks it from here on
      return { ...downloaded(rest), state: line.progressDetail?.hidecounts === true ? 'unpacking' : 'checking' };
    case 'Extracting':
      return unpacking(rest, line);
    case 'Pull complete':
      return done(rest);
    case 'Already exists':
      return hasMoved(rest) ? done(rest) : { ...rest, state: 'there-already' };
    default:
      return undefined;
  }
}

function downloading(layer: PulledLayer, line: TransferLine): PulledLayer {
  const { current, total } = readDetail(line);
  const size = sizeOf(layer, total);
  const now = Math.min(Math.max(layer.downloaded, current), size ?? Number.POSITIVE_INFINITY);
  return { ...layer, ...sized(size), state: 'downloading', downloaded: now, bytes: { done: now, ...(size && { total: size }) } };
}

// if the engine never gave a size, as Podman for small layers, use the registry's figure or what has arrived
function downloaded(layer: PulledLayer): PulledLayer {
  const size = layer.size ?? Math.max(layer.expected ?? 0, layer.downloaded);
  return { ...layer, downloaded: size, size, ...(size > 0 && { bytes: { done: size, total: size } }) };
}

function unpacking(layer: PulledLayer, line: TransferLine): PulledLayer {
  const { current, total } = readDetail(line);
  // newer engines' containerd store counts seconds here, which do not show how much is left
  if (line.progressDetail?.units === 's') return { ...downloaded(layer), state: 'unpacking', unpackingSeconds: current };
  const size = sizeOf(layer, total) ?? layer.downloaded;
  const unpacked = Math.min(Math.max(layer.unpacked, current), size);
  return { ...layer, size, state: 'unpacking', downloaded: size, unpacked, bytes: { done: unpacked, ...(size > 0 && { total: size }) } };
}

function done(layer: PulledLayer): PulledLayer {
  const { unpackingSeconds: _seconds, retryInSeconds: _retry, ...whole } = downloaded(layer);
  const size = whole.downloaded;
  return { ...whole, state: 'done', unpacked: size };
}

const hasMoved = ({ size, downloaded: bytes }: PulledLayer): boolean => size !== undefined || bytes > 0;

// the largest size reported; undefined if none was
const sizeOf = ({ size, downloaded: bytes }: PulledLayer, total: number | undefined): number | undefined =>
  size === undefined && total === undefined ? undefined : Math.max(size ?? 0, total ?? 0, bytes);

const sized = (size: number | undefined): { size?: number } => (size === undefined ? {} : { size });

// downloading is one half of the work and unpacking the other
function shareOf({ state, size, expected, downloaded: bytes, unpacked }: PulledLayer): LayerSums {
  if (state === 'there-already') return noShare;
  const totalBytes = size ?? Math.max(expected ?? 0, bytes);
  return {
    moving: 1,
    unsized: size === undefined && expected === undefined ? 1 : 0,
    onTheWay: state === 'downloading' || state === 'waiting' || state === 'retrying' ? 1 : 0,
    bytes,
    totalBytes,
    work: bytes + unpacked,
    totalWork: 2 * totalBytes,
  };
}

/** A pull's progress for the window. */
export function pullProgress({ layers: { layers, sums }, fraction }: PullState): Progress {
  const { moving, unsized, onTheWay, bytes, totalBytes } = sums;
  return {
    phase: layers.length === 0 ? 'starting' : onTheWay > 0 ? 'downloading' : 'unpacking',
    ...(fraction !== undefined && { fraction }),
    ...(moving > 0 && { bytes: { done: bytes, ...(unsized === 0 && { total: totalBytes }) } }),
    layers: layers.map(({ size: _size, expected: _expected, downloaded: _downloaded, unpacked: _unpacked, ...layer }) => layer),
  };
}
