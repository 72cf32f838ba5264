import type { Layer } from '../../../contract/image.ts';

const rowHeight = 46;
const quietRowHeight = 30;
const gap = 2;
const smallestBlock = 4;

export type PlacedLayer = {
  layer: Layer;
  /** Place in the image's history, newest 0. */
  index: number;
  row: { top: number; height: number };
  /** Absent for a step that has no layer, or may have none. */
  block?: { top: number; height: number; share: number };
};

/** Where rows and blocks are: rows evenly spaced, blocks in proportion to their bytes. */
export function placeLayers(layers: Layer[], withEmpty: boolean): { placed: PlacedLayer[]; height: number } {
  const shown = layers.map((layer, index) => ({ layer, index })).filter(({ layer }) => withEmpty || layer.hasLayer !== false);
  let top = 0;
  const rows = shown.map(({ layer }) => {
    const row = { top, height: layer.hasLayer ? rowHeight : quietRowHeight };
    top += row.height;
    return row;
  });
  const blocks = placeBlocks(
    shown.filter(({ layer }) => layer.hasLayer).map(({ layer }) => layer.size),
    top,
  );
  let next = 0;
  const placed = shown.map(({ layer, index }, at) => ({
    layer,
    index,
    row: rows[at] ?? { top: 0, height: 0 },
    block: layer.hasLayer ? blocks[next++] : undefined,
  }));
  return { placed, height: top };
}

/** Every block gets enough to be seen; the rest of the height is shared out by size. */
function placeBlocks(sizes: number[], height: number): { top: number; height: number; share: number }[] {
  const total = sizes.reduce((sum, size) => sum + size, 0) || 1;
  const free = Math.max(0, height - sizes.length * (smallestBlock + gap) + gap);
  let top = 0;
  return sizes.map((size) => {
    const share = size / total;
    const block = { top, height: smallestBlock + share * free, share };
    top += block.height + gap;
    return block;
  });
}

/** The band that joins a block to its row. */
export function ribbonPath(block: { top: number; height: number }, row: { top: number; height: number }, from: number, to: number): string {
  const middle = (from + to) / 2;
  const [blockEnd, rowTop, rowEnd] = [block.top + block.height, row.top + 5, row.top + row.height - 5];
  const there = `M${from} ${block.top}C${middle} ${block.top} ${middle} ${rowTop} ${to} ${rowTop}`;
  return `${there}V${rowEnd}C${middle} ${rowEnd} ${middle} ${blockEnd} ${from} ${blockEnd}Z`;
}
