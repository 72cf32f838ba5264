import { LayerReader } from '../index/layer-reader.ts';
import type { LayerWork } from './layer-work.ts';
import type { ReadingNews } from './reading-order.ts';
import { missingLayers } from './refuse-reading.ts';
import type { SharedHash } from './shared-hash.ts';

/** Indexes layers and tells them, encoded. `hash`: digests them in another thread. */
export function indexing(
  wanted: string[],
  tell: (news: ReadingNews, memory: ArrayBuffer[]) => void,
  hash?: SharedHash,
): LayerWork<LayerReader> {
  const left = new Set(wanted);
  return {
    isWanted: (diffId) => left.has(diffId),
    sink: () => new LayerReader(hash?.begin()),
    ended: (reader, name) => {
      const { diffId, index } = reader.end();
      // nothing is kept whose digest nobody asked for
      if (left.delete(diffId)) {
        const data = index.encode();
        tell({ kind: 'layer', diffId, name, data }, [data.buffer]);
      }
      return left.size === 0;
    },
    finish: (error) => {
      if (left.size > 0) throw error ?? missingLayers(left);
    },
  };
}
