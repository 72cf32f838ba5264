import { tagImage } from '../features/images/tag-image.ts';
import { pullImage } from '../features/transfer/pull-image.ts';
import { findImage } from '../foundation/engine/find-image.ts';
import type { Prepare } from './operation-parts.ts';
import { shortName } from './short-name.ts';

/** Gets an image that was cleaned away from its registry, by its digest, and gives it its names again. */
export const prepareBringBack: Prepare<'bring-back'> = ({ digest, references }, { engine, access: { logins }, pullSizes }) => ({
  title: `Bring back ${shortName(references[0] ?? digest)}`,
  sharedAs: `bring-back ${digest}`,
  run: async (context) => {
    const own = engine();
    await pullImage(own, logins, { reference: digest }, context, pullSizes.of);
    const taken: string[] = [];
    for (const reference of references) {
      // a name that was given to another image meanwhile stays there
      if (await findImage(own, reference)) taken.push(reference);
      else await tagImage(own, digest, reference);
    }
    return { kind: 'bring-back', references: references.filter((reference) => !taken.includes(reference)), taken };
  },
});
