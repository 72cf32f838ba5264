import type { ComposeObstacle } from '../../../../contract/compose.ts';
import { mergeValues } from './merge-models.ts';
import { isMapping, type Mapping } from './values.ts';

/** A service of a Compose file, as far as its image is concerned. */
export type Service = {
  content: Mapping;
  /** Variables that have no value. */
  unset: Set<string>;
  /** What keeps it from being known. */
  obstacles: ComposeObstacle[];
};

/** Whether a service extends one that is not known, so that anything may stand there. */
export const isPartlyKnown = ({ obstacles }: Pick<Service, 'obstacles'>): boolean =>
  obstacles.some(({ kind }) => kind === 'extends' || kind === 'no-base');

/** Takes out of the services what a later file replaces (`!reset`, `!override`); `path` are the keys to it. */
export function takeOut(services: Map<string, Service>, [root, name = '', ...path]: readonly string[]): void {
  const service = services.get(name);
  if (root !== 'services' || !service) return;
  if (path.length === 0) services.delete(name);
  else services.set(name, { ...service, content: without(service.content, path) });
}

function without(content: Mapping, [key = '', ...path]: readonly string[]): Mapping {
  const inner = content.get(key);
  const left = new Map(content);
  if (path.length === 0) left.delete(key);
  else if (isMapping(inner)) left.set(key, without(inner, path));
  return left;
}

/** Lays the services of one document over those before it. */
export function layServices(services: Map<string, Service>, more: ReadonlyMap<string, Service>): void {
  for (const [name, { content: above, unset, obstacles }] of more) {
    const below = services.get(name);
    services.set(name, {
      content: (below ? mergeValues(below.content, above, ['services', name]) : above) as Mapping,
      unset: new Set([...(below?.unset ?? []), ...unset]),
      obstacles: [...(below?.obstacles ?? []), ...obstacles],
    });
  }
}
