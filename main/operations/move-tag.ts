import { moveTag } from '../features/images/move-tag.ts';
import type { Prepare } from './operation-parts.ts';
import { shortName } from './short-name.ts';

/** Moves a tag to where it was before. */
export const prepareMoveTag: Prepare<'move-tag'> = (move, { engine }) => ({
  title: `Move the tag ${shortName(move.reference)}`,
  isQuick: true,
  run: () => moveTag(engine(), move),
});
