import type { BuildOrder } from '../../foundation/context/build-order.ts';
import { FailureError } from '../../foundation/failures/failure.ts';

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
    // otherwise a failed step leaves its container behind
    forcerm: '1',
  };
}

const jsonUnlessEmpty = (value: object | undefined): string | undefined =>
  value && Object.keys(value).length > 0 ? JSON.stringify(value) : undefined;

export const noImageMade = new FailureError({
  kind: 'unknown',
  title: 'The build ended without an image',
  detail: 'The engine’s answer ended before it named the new image.',
  hint: 'Look at the end of the log, then build again.',
});
