import type { RepositoryTags } from '../../desk/image-name.ts';
import type { ImageRow } from './image-row.ts';

/** The row with its matching names first: it shows only a few of its names, and a match must be among them. */
export function putMatchesFirst(row: ImageRow, words: string[]): ImageRow {
  if (row.groups.length === 0 || row.image.references.length === 1) return row;
  const scored = row.groups.map((group) => {
    const scores = group.tags.map((tag) => countMatches(`${group.repository}:${tag}`, words));
    return { group: sortTags(group, scores), best: Math.max(...scores) };
  });
  const groups = scored.toSorted((a, b) => b.best - a.best).map(({ group }) => group);
  return groups.every((group, place) => group === row.groups[place]) ? row : { ...row, groups };
}

function sortTags(group: RepositoryTags, scores: number[]): RepositoryTags {
  const places = group.tags.map((_, place) => place).toSorted((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0));
  if (places.every((place, index) => place === index)) return group;
  return { ...group, tags: places.map((place) => group.tags[place] ?? '') };
}

const countMatches = (name: string, words: string[]): number => words.filter((word) => name.toLowerCase().includes(word)).length;
