import type { TaskKind } from '../../../contract/task.ts';
import type { LayerTransfer } from '../../../contract/transfer.ts';
import { wordOf } from '../../desk/states.ts';
import { capitalised, count, duration } from '../../ui/format.ts';

/** What happens to one layer, in words. */
export function describeLayer({ state, mountedFrom, retryInSeconds, unpackingSeconds }: LayerTransfer): string {
  if (state === 'mounted' && mountedFrom) return `Mounted from ${mountedFrom}`;
  if (state === 'retrying' && retryInSeconds !== undefined) return `Trying again in ${count(retryInSeconds, 'second')}`;
  if (state === 'unpacking' && unpackingSeconds) return `Unpacking, ${duration(unpackingSeconds)}`;
  return capitalised(wordOf(state));
}

/** How much of a layer is done, if the engine counts it. */
export function layerFraction({ bytes }: LayerTransfer): number | undefined {
  return bytes?.total ? Math.min(1, bytes.done / bytes.total) : undefined;
}

/** Whether a layer costs nothing, as the other side has it. */
export const isFree = ({ state }: LayerTransfer): boolean => state === 'there-already' || state === 'mounted';

/** Whether the other side hasn’t said yet if it has the layer; a pull only names layers that it needs, and two engines are compared first. */
export const isOpen = ({ state }: LayerTransfer, kind: TaskKind): boolean =>
  kind !== 'pull' && kind !== 'send' && (state === 'preparing' || state === 'waiting');

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

/** Whether nothing of what is shown of the layer has changed. */
export const looksSame = (a: LayerTransfer, b: LayerTransfer): boolean =>
  a.id === b.id && layerFraction(a) === layerFraction(b) && sizeOf(a) === sizeOf(b) && describeLayer(a) === describeLayer(b);

/** Bytes of the layer, or of what has come if its size isn’t known. */
export const sizeOf = ({ bytes }: LayerTransfer): number | undefined => bytes?.total ?? bytes?.done;
