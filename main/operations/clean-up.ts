import { cleanUp } from '../features/disk/clean-up.ts';
import { removeListed } from '../features/images/remove-images.ts';
import type { Prepare } from './operation-parts.ts';

/** Removes just what was chosen, one thing after the other, as far as nothing uses it by now. */
export const prepareCleanUp: Prepare<'clean-up'> = ({ choice }, { engine, disk }) => ({
  title: 'Clean up',
  run: async (context) => {
    const own = engine();
    // what is gone can't be asked any more
    const account = await disk(choice);
    return cleanUp(own, choice, { ...account, removeImage: (image) => removeListed(own, image) }, context);
  },
});
