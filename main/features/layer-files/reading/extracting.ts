import { FileRanges } from './file-ranges.ts';
import type { LayerWork } from './layer-work.ts';
import type { LayerFileRanges } from './reading-order.ts';
import { unreadFiles } from './refuse-reading.ts';

/** Writes files of layers into files of this computer. */
export function extracting(layers: LayerFileRanges[]): LayerWork<FileRanges> {
  const left = new Map(layers.map(({ diffId, ranges }) => [diffId, new Map(ranges.map((range) => [range.target, range]))]));
  const [only] = layers.length === 1 ? layers : [];
  const count = () => [...left.values()].reduce((sum, { size }) => sum + size, 0);
  const rangesIn = (diffId: string) => [...(left.get(diffId)?.values() ?? [])];
  return {
    isWanted: (diffId) => rangesIn(diffId).length > 0,
    sink: ({ diffId = only?.diffId, begin }) => {
      // one that isn't known by its name may be another layer: its files then have other digests
      const ranges = diffId === undefined ? [] : rangesIn(diffId);
      return ranges.length > 0 ? new FileRanges(ranges, begin) : undefined;
    },
    ended: (files) => {
      files.end();
      for (const { target } of files.written) for (const ranges of left.values()) ranges.delete(target);
      return count() === 0;
    },
    finish: (error) => {
      if (count() > 0) throw error ?? unreadFiles(count());
    },
    rangesOf: (diffId) => {
      const ranges = rangesIn(diffId);
      const begin = ranges.reduce((least, { offset }) => Math.min(least, offset), Number.MAX_SAFE_INTEGER);
      return { begin, end: ranges.reduce((most, { offset, size }) => Math.max(most, offset + size), 0) };
    },
  };
}
