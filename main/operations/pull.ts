import { withDefaultTag } from '../../contract/reference.ts';
import { pullImage } from '../features/transfer/pull-image.ts';
import type { Prepare } from './operation-parts.ts';

/** Pulls an image from its registry. */
export const preparePull: Prepare<'pull'> = ({ reference, platform }, { engine, access: { logins }, pullSizes }) => ({
  title: `Get ${reference}`,
  // a second pull would only wait for the first
  sharedAs: `pull ${withDefaultTag(reference)} ${platform ?? ''}`,
  run: (context) => pullImage(engine(), logins, { reference, platform }, context, pullSizes.of),
});
