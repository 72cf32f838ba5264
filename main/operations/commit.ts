import type { Prepare } from './operation-parts.ts';
import { shortName } from './short-name.ts';

/** Makes an image of a container in which one is tried. */
export const prepareCommit: Prepare<'commit'> = ({ kind, ...order }, { engine, trials }) => ({
  title: `Save ${shortName(order.reference)}`,
  sharedAs: `${kind} ${order.container} ${order.reference}`,
  run: async (context) => {
    context.report({ phase: 'packing' });
    return { kind, imageId: await trials.commit(engine(), order, context), reference: order.reference };
  },
});
