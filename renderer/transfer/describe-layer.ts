import type { TaskKind } from '../../contract/task.ts';
import type { LayerTransfer, LayerTransferState } from '../../contract/transfer.ts';
import { count, duration } from '../ui/format.ts';
import type { IconState } from '../ui/StateIcon.tsx';

const words: Record<LayerTransferState, string> = {
  waiting: 'Waiting',
  downloading: 'Downloading',
  checking: 'Checking',
  unpacking: 'Unpacking',
  preparing: 'Preparing',
  uploading: 'Uploading',
  retrying: 'Trying again',
  done: 'Done',
  'there-already': 'Already there',
  mounted: 'Mounted from another repository',
};

/** What happens to one layer, in words. */
export function describeLayer({ state, mountedFrom, retryInSeconds, unpackingSeconds }: LayerTransfer): string {
  if (state === 'mounted' && mountedFrom) return `Mounted from ${mountedFrom}`;
  if (state === 'retrying' && retryInSeconds !== undefined) return `Trying again in ${count(retryInSeconds, 'second')}`;
  if (state === 'unpacking' && unpackingSeconds) return `Unpacking, ${duration(unpackingSeconds)}`;
  return words[state];
}

const icons: Partial<Record<LayerTransferState, IconState>> = {
  waiting: 'waiting',
  done: 'done',
  'there-already': 'there-already',
  mounted: 'there-already',
};

export const layerIcon = ({ state }: LayerTransfer): IconState => icons[state] ?? 'running';

/** How much of a layer is through, where the engine counts it. */
export function layerFraction({ bytes }: LayerTransfer): number | undefined {
  return bytes?.total ? Math.min(1, bytes.done / bytes.total) : undefined;
}

/** Layers that cost nothing: the other side has them. */
export const isFree = ({ state }: LayerTransfer): boolean => state === 'there-already' || state === 'mounted';

/** Layers of which the other side has not said yet whether it has them; a pull only names those that it needs. */
export const isOpen = ({ state }: LayerTransfer, kind: TaskKind): boolean =>
  kind !== 'pull' && (state === 'preparing' || state === 'waiting');

export type LayerCounts = { moving: number; open: number; all: number; done: number };

/** "2 of 9 layers are being sent": the head line, in the words of the kind. */
export function countMoving(layers: LayerTransfer[], kind: TaskKind): LayerCounts {
  return {
    all: layers.length,
    moving: layers.filter((layer) => !isFree(layer) && !isOpen(layer, kind)).length,
    open: layers.filter((layer) => isOpen(layer, kind)).length,
    done: layers.filter(({ state }) => state === 'done').length,
  };
}

/** Nothing that is shown of the layer has changed. */
export const looksSame = (a: LayerTransfer, b: LayerTransfer): boolean =>
  a.id === b.id && layerFraction(a) === layerFraction(b) && sizeOf(a) === sizeOf(b) && describeLayer(a) === describeLayer(b);

/** Bytes of the layer, or as many as have come where nobody knows. */
export const sizeOf = ({ bytes }: LayerTransfer): number | undefined => bytes?.total ?? bytes?.done;
