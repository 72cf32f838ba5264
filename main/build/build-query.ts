import type { BuildStep } from '../../contract/build.ts';
import { FailureError } from '../engine/failure.ts';
import type { BuildOrder } from './build-image.ts';

/** The options that both builders take, as query parameters of `POST /build`. */
export function buildQuery(order: BuildOrder): Record<string, string | string[] | undefined> {
  const { references, target, args, noCache, pullBase, platform, labels, network, cacheFrom } = order;
  return {
    t: references,
    target: target || undefined,
    buildargs: jsonUnlessEmpty(args),
    labels: jsonUnlessEmpty(labels),
    cachefrom: jsonUnlessEmpty(cacheFrom),
    platform,
    networkmode: network,
    nocache: noCache ? '1' : undefined,
    pull: pullBase ? '1' : undefined,
    rm: '1',
    // without it a failed step leaves its container behind
    forcerm: '1',
  };
}

const jsonUnlessEmpty = (value: object | undefined): string | undefined =>
  value && Object.keys(value).length > 0 ? JSON.stringify(value) : undefined;

/** How many of the Dockerfile's own steps there were, and how many came from the cache. */
export function countSteps(steps: BuildStep[]): { steps: number; cachedSteps: number } {
  const own = steps.filter(({ number }) => number !== undefined);
  return { steps: own.length, cachedSteps: own.filter(({ state }) => state === 'cached').length };
}

export const noImageMade = new FailureError({
  kind: 'unknown',
  title: 'The build ended without an image',
  detail: 'The engine stopped sending before it named the image it made.',
  hint: 'Look at the end of the log, then build again.',
});
