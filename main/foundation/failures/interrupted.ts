import type { Failure } from '../../../contract/failure.ts';

/** The failure of a task that was still running when Layerdeck ended, so that nobody saw how the task ended. */
export const interrupted: Failure = {
  kind: 'interrupted',
  title: 'Layerdeck was closed',
  detail: 'Layerdeck was stopped from outside, or this computer was switched off, while this was running. How far it got isn’t known.',
  hint: 'Try again.',
};
