import { hierarchy, treemap } from 'd3-hierarchy';
import type { ContextFolder } from '../../../../contract/context-map.ts';
import { bytesIn, type ContextPart, folderAt, partsOf } from './context-parts.ts';

export type Cell = {
  part: ContextPart;
  x: number;
  y: number;
  width: number;
  height: number;
  /** A part of the folder that is shown, or one deeper. */
  depth: 1 | 2;
  /** What the cell has room for. */
  label: 'name and size' | 'name' | 'none';
};

type Node = { part?: ContextPart; inside: Node[] };

/** Pixels: the head of a folder's cell, and the least size of one that shows what is inside. */
const headHeight = 25;
const opens = { width: 90, height: 70 };

/** Lays the parts of a folder out so that areas are bytes: two levels, the largest at the top left. */
export function layOutMap(folder: ContextFolder, path: readonly string[], size: Size, withLeft: boolean): Cell[] {
  if (size.width < 1 || size.height < 1) return [];
  const weigh = (part: ContextPart) => (withLeft ? bytesIn(part) : part.sent.bytes);
  const tree = hierarchy<Node>({ inside: nodesOf(folder, path, 2) }, ({ inside }) => (inside.length > 0 ? inside : undefined))
    .sum(({ part, inside }) => (part && inside.length === 0 ? weigh(part) : 0))
    .sort((a, b) => (b.value ?? 0) - (a.value ?? 0));
  const laid = treemap<Node>()
    .size([size.width, size.height])
    .paddingInner((node) => (node.depth === 0 ? 3 : 2))
    .paddingTop((node) => (node.depth === 1 && isOpen(node) ? headHeight : 0))
    .paddingRight((node) => (node.depth === 1 ? 3 : 0))
    .paddingBottom((node) => (node.depth === 1 ? 3 : 0))
    .paddingLeft((node) => (node.depth === 1 ? 3 : 0))
    .round(true)(tree);
  return laid.descendants().flatMap((node) => {
    const { part } = node.data;
    const parent = node.parent;
    if (!part || (node.depth === 2 && parent && !isOpen(parent))) return [];
    const cell = { part, x: node.x0, y: node.y0, width: node.x1 - node.x0, height: node.y1 - node.y0 };
    if (cell.width < 2 || cell.height < 2) return [];
    return [{ ...cell, depth: node.depth === 1 ? (1 as const) : (2 as const), label: labelFor(cell) }];
  });
}

export type Size = { width: number; height: number };

type Box = { x0: number; y0: number; x1: number; y1: number };

const isOpen = ({ x0, y0, x1, y1 }: Box): boolean => x1 - x0 >= opens.width && y1 - y0 >= opens.height;

const labelFor = ({ width, height }: Size): Cell['label'] => {
  if (width < 56 || height < 22) return 'none';
  return height < 44 ? 'name' : 'name and size';
};

function nodesOf(folder: ContextFolder, path: readonly string[], levels: number): Node[] {
  return partsOf(folder, path).map((part) => {
    // a folder that is left out as a whole is shown as a whole
    if (levels <= 1 || !part.canOpen || part.fate === 'left') return { part, inside: [] };
    return { part, inside: nodesOf(folderAt(folder, [part.name]).folder, [...path, part.name], levels - 1) };
  });
}
