import type { Progress } from '../../contract/task.ts';
import type { LayerTransfer } from '../../contract/transfer.ts';
import { emptyList, fractionOf, type LayerList, layerOf, mapLayers, noShare, type Sums, withLayer } from '../engine/layer-list.ts';
import { readDetail, readStatus, type TransferLine } from './transfer-line.ts';

type PulledLayer = LayerTransfer & { size?: number; downloaded: number; unpacked: number };

export type PullState = {
  layers: LayerList<PulledLayer>;
  digest?: string;
  /** The engine's last word; only with it has a pull succeeded. */
  finalStatus?: string;
  fraction?: number | undefined;
};

export const emptyPull: PullState = { layers: emptyList };

/** Folds one line into what is known of a pull. Pure; lines may come in any order, twice, or with fields missing. */
export function foldPull(state: PullState, line: TransferLine): PullState {
  const status = readStatus(line);
  if (status.startsWith('Digest: ')) return { ...state, digest: status.slice('Digest: '.length) };
  if (status.startsWith('Status: ')) return { ...arrived(state), finalStatus: status.slice('Status: '.length) };
  const { id } = line;
  if (typeof id !== 'string' || id === '' || status.startsWith('Pulling from ')) return state;
  const before = layerOf(state.layers, id) ?? { id, state: 'waiting', downloaded: 0, unpacked: 0 };
  const layer = foldLayer(before, status, line);
  if (!layer) return state;
  const layers = withLayer(state.layers, layer, shareOf);
  return { ...state, layers, fraction: fractionOf(layers, state.fraction) };
}

/** All that was on its way is here: for engines that do not say it of each layer. */
export const arrived = (state: PullState): PullState => ({
  ...state,
  layers: mapLayers(state.layers, (layer) => (layer.state === 'there-already' ? layer : done(layer)), shareOf),
});

// undefined where the line says nothing new of the layer
function foldLayer(layer: PulledLayer, status: string, line: TransferLine): PulledLayer | undefined {
  // a digest that an image has twice is talked of again
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
      // the containerd store says nothing more of a layer, which it unpacks from here on
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

// where no size was ever said, what came is the size
const downloaded = (layer: PulledLayer): PulledLayer => ({
  ...layer,
  downloaded: layer.size ?? layer.downloaded,
  size: layer.size ?? layer.downloaded,
});

function unpacking(layer: PulledLayer, line: TransferLine): PulledLayer {
  const { current, total } = readDetail(line);
  // the containerd store of newer engines counts seconds here, which say nothing of the end
  if (line.progressDetail?.units === 's') return { ...downloaded(layer), state: 'unpacking', unpackingSeconds: current };
  const size = sizeOf(layer, total) ?? layer.downloaded;
  const unpacked = Math.min(Math.max(layer.unpacked, current), size);
  return { ...layer, size, state: 'unpacking', downloaded: size, unpacked, bytes: { done: unpacked, ...(size > 0 && { total: size }) } };
}

function done(layer: PulledLayer): PulledLayer {
  const { unpackingSeconds: _seconds, retryInSeconds: _retry, ...whole } = downloaded(layer);
  const size = whole.downloaded;
  return { ...whole, state: 'done', unpacked: size, ...(size > 0 && { bytes: { done: size, total: size } }) };
}

const hasMoved = ({ size, downloaded: bytes }: PulledLayer): boolean => size !== undefined || bytes > 0;

// the largest that was said; undefined where nothing was
const sizeOf = ({ size, downloaded: bytes }: PulledLayer, total: number | undefined): number | undefined =>
  size === undefined && total === undefined ? undefined : Math.max(size ?? 0, total ?? 0, bytes);

const sized = (size: number | undefined): { size?: number } => (size === undefined ? {} : { size });

// Downloading is one half of the work and unpacking the other.
function shareOf({ state, size, downloaded: bytes, unpacked }: PulledLayer): Sums {
  if (state === 'there-already') return noShare;
  const totalBytes = size ?? bytes;
  return {
    moving: 1,
    unsized: size === undefined ? 1 : 0,
    onTheWay: state === 'downloading' || state === 'waiting' || state === 'retrying' ? 1 : 0,
    bytes,
    totalBytes,
    work: bytes + unpacked,
    totalWork: 2 * totalBytes,
  };
}

/** What a window shows of a pull. */
export function pullProgress({ layers: { layers, sums }, fraction }: PullState): Progress {
  const { moving, unsized, onTheWay, bytes, totalBytes } = sums;
  return {
    phase: layers.length === 0 ? 'starting' : onTheWay > 0 ? 'downloading' : 'unpacking',
    ...(fraction !== undefined && { fraction }),
    ...(moving > 0 && { bytes: { done: bytes, ...(unsized === 0 && { total: totalBytes }) } }),
    layers: layers.map(({ size: _size, downloaded: _downloaded, unpacked: _unpacked, ...layer }) => layer),
  };
}
