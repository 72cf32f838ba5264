import type { BuildStep } from './build.ts';

/** Whether a step is the Dockerfile's own; the builder's own work has no number. */
export const isOwnStep = ({ number }: BuildStep): boolean => number !== undefined;

/** How many of the Dockerfile's own steps there are, and how many of them came from the cache. */
export function countSteps(steps: BuildStep[]): { steps: number; cachedSteps: number } {
  const own = steps.filter(isOwnStep);
  return { steps: own.length, cachedSteps: own.filter(({ state }) => state === 'cached').length };
}
