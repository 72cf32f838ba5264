import { isForgotten, putBackTags } from '../features/registry-browse/removal/put-back.ts';
import { removeTags } from '../features/registry-browse/removal/remove-tags.ts';
import { FailureError } from '../foundation/failures/failure.ts';
import type { Prepare } from './operation-parts.ts';

/** Removes tags from a registry. */
export const prepareRemoveRegistryTags: Prepare<'remove-registry-tags'> = (removal, { access, removed }) => ({
  title: `Remove ${tagsIn(removal.items.length, removal.repository)}`,
  run: (context) => removeTags(access, removal, removed, context),
});

/** Puts back what such a task removed. */
export const preparePutBackRegistryTags: Prepare<'put-back-registry-tags'> = ({ removal }, { access, removed }) => {
  const known = removed.get(removal);
  if (!known) throw new FailureError(isForgotten);
  return {
    title: `Put back ${tagsIn(known.tags.length, known.repository)}`,
    sharedAs: `put back ${removal}`,
    run: (context) => putBackTags(access, known, context),
  };
};

const tagsIn = (tags: number, repository: string): string => `${tags === 1 ? 'a tag' : `${tags} tags`} of ${repository.split('/').at(-1)}`;
