import type { BuildStep } from '../../contract/build.ts';

/** Only the Dockerfile's own steps count for a person. */
export function countSteps(steps: BuildStep[]): { all: number; cached: number; done: number } {
  const own = steps.filter(({ stage, number }) => stage !== undefined || number !== undefined);
  return {
    all: own.length,
    cached: own.filter(({ state }) => state === 'cached').length,
    done: own.filter(({ state }) => state === 'cached' || state === 'built').length,
  };
}
