import { moveRegistryTag } from '../features/tag-moves/move-registry-tag.ts';
import type { Prepare } from './operation-parts.ts';
import { shortName } from './short-name.ts';

/** Moves a tag of a registry to where it was before. */
export const prepareMoveRegistryTag: Prepare<'move-registry-tag'> = (move, { access }) => ({
  title: `Move the tag ${shortName(move.reference)} in its registry`,
  isQuick: true,
  run: ({ signal }) => moveRegistryTag(access, move, signal),
});
