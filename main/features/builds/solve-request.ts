import { randomUUID } from 'node:crypto';
import { basename } from 'node:path';
import { parseReference } from '../../../contract/reference.ts';
import type { SolveRequest } from '../../foundation/buildkit/protocols.ts';
import type { BuildOrder } from '../../foundation/context/build-order.ts';

/** What BuildKit is asked to make of a folder, in the words that the engine itself uses for `POST /build` (moby, `builder-next`). */
export function solveRequest(order: BuildOrder, session: string): SolveRequest {
  const { references, args = {}, labels = {}, cacheFrom = [], network } = order;
  return {
    Ref: randomUUID(),
    // the engine's own store, whichever it is
    Exporter: 'moby',
    ExporterAttrs: references.length > 0 ? { name: references.map(wholeName).join(',') } : {},
    Session: session,
    Frontend: 'dockerfile.v0',
    FrontendAttrs: {
      filename: basename(order.dockerfile),
      'cache-from': cacheFrom.join(','),
      'image-resolve-mode': order.pullBase ? 'pull' : 'default',
      ...prefixed('build-arg:', args),
      ...prefixed('label:', labels),
      ...(order.target && { target: order.target }),
      ...(order.platform && { platform: order.platform }),
      ...(order.noCache && { 'no-cache': '' }),
      ...(network && network !== 'default' && { 'force-network-mode': network }),
    },
    Cache: {
      Exports: order.inlineCache ? [{ Type: 'inline', Attrs: {} }] : [],
    },
    Entitlements: network === 'host' ? ['network.host'] : [],
  };
}

const prefixed = (prefix: string, values: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [`${prefix}${name}`, value]));

/** With its registry, as the exporter wants it. */
function wholeName(reference: string): string {
  const { registry = 'docker.io', repository, tag = 'latest' } = parseReference(reference);
  const isOfficial = registry === 'docker.io' && !repository.includes('/');
  return `${registry}/${isOfficial ? 'library/' : ''}${repository}:${tag}`;
}
