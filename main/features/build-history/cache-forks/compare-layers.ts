import type { LayerAspect, LayerComparison, LayerDifference } from '../../../../contract/cache-fork.ts';
import type { LayerEntry } from './layer-entry.ts';
import type { Layer } from './layer-listing.ts';

/** The most examples for each kind of difference. */
const mostExamples = 5;

type Found = { path: string; isFolder: boolean; change?: [string, string] };

/** Says with certainty how two layers differ. Pure. */
export function compareLayers(first: Layer, own: Layer): LayerComparison {
  if (first.diffId === own.diffId) return { kind: 'same' };
  if (!first.entries || !own.entries) return { kind: 'too-many-files' };
  return { kind: 'different', differences: compareEntries(first.entries, own.entries) };
}

/** All differences, grouped by kind; empty if all entries are equal. Pure. */
export function compareEntries(first: ReadonlyMap<string, LayerEntry>, own: ReadonlyMap<string, LayerEntry>): LayerDifference[] {
  const found = new Map<LayerAspect, Found[]>(order.map((aspect) => [aspect, []]));
  for (const path of new Set([...first.keys(), ...own.keys()])) {
    const [one, other] = [first.get(path), own.get(path)];
    const isFolder = (one ?? other)?.kind === 'folder';
    for (const [aspect, change] of aspectsOf(one, other)) found.get(aspect)?.push({ path, isFolder, ...(change && { change }) });
  }
  return [...found].flatMap(([aspect, all]) => (all.length > 0 ? [summarise(aspect, all)] : []));
}

/** The most important first. */
const order: LayerAspect[] = ['only-first', 'only-own', 'kind', 'content', 'link', 'mode', 'owner', 'attributes', 'time'];

function aspectsOf(one: LayerEntry | undefined, other: LayerEntry | undefined): [LayerAspect, [string, string]?][] {
  if (!one || !other) return [[one ? 'only-first' : 'only-own']];
  if (one.kind !== other.kind || one.device !== other.device) return [['kind']];
  const aspects: [LayerAspect, [string, string]?][] = [];
  if (one.content !== other.content || one.size !== other.size) aspects.push(['content']);
  if (one.linkName !== other.linkName) aspects.push(['link']);
  if (one.mode !== other.mode) aspects.push(['mode', [one.mode.toString(8), other.mode.toString(8)]]);
  const [owner, otherOwner] = [`${one.uid}:${one.gid}`, `${other.uid}:${other.gid}`];
  if (owner !== otherOwner) aspects.push(['owner', [owner, otherOwner]]);
  if (one.attributes !== other.attributes) aspects.push(['attributes']);
  if (one.time !== other.time) aspects.push(['time']);
  return aspects;
}

function summarise(aspect: LayerAspect, all: Found[]): LayerDifference {
  const [change] = all.flatMap((one) => (one.change ? [one.change] : []));
  const isOneChange = change !== undefined && all.every((one) => one.change?.join() === change.join());
  return {
    aspect,
    count: all.length,
    examples: all.slice(0, mostExamples).map(({ path }) => path),
    isOfFolders: all.every(({ isFolder }) => isFolder),
    ...(isOneChange && { change }),
  };
}
