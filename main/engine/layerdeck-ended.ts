import type { Failure } from '../../contract/failure.ts';

/** What is said of a task that was still going on when Layerdeck went away: nobody saw how it ended. */
export const layerdeckEnded: Failure = {
  kind: 'interrupted',
  title: 'Layerdeck ended',
  detail: 'Layerdeck was ended from outside, or this computer went off, while this went on. How far it came is not known.',
  hint: 'Try again.',
};
