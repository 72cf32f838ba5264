import type { ComposeObstacle } from '../../../../contract/compose.ts';
import { mergeValues } from './merge-models.ts';
import { type OpenOther, otherPath } from './other-files.ts';
import { type Service, takeOut } from './service.ts';
import { isMapping, type Mapping, type Value } from './values.ts';

/**
 * Replaces `extends` by what it means, for the services of one document; `replaced` are the keys that the document puts in the place
 * of others, `open` gives the services of another file.
 */
export function extendServices(
  services: ReadonlyMap<string, Service>,
  replaced: readonly string[][],
  open: OpenOther,
): Map<string, Service> {
  const extender = new Extender(replaced, open);
  return new Map([...services.keys()].map((name) => [name, extender.extend({ services, path: '' }, name, [])]));
}

/** Where a service is looked for; the path is empty for the document itself. */
type Place = { services: ReadonlyMap<string, Service>; path: string };

class Extender {
  readonly #replaced: readonly string[][];
  readonly #open: OpenOther;
  readonly #done = new Map<string, Service>();

  constructor(replaced: readonly string[][], open: OpenOther) {
    this.#replaced = replaced;
    this.#open = open;
  }

  extend(place: Place, name: string, above: readonly string[]): Service {
    const key = JSON.stringify([place.path, name]);
    const known = this.#done.get(key) ?? this.#extended(place, name, [...above, key]);
    this.#done.set(key, known);
    return known;
  }

  #extended(place: Place, name: string, above: readonly string[]): Service {
    const own = place.services.get(name) as Service;
    const extended = extendedBy(own.content.get('extends'));
    if (!extended) return own;
    const { service, file } = extended;
    const path = file === undefined ? place.path : otherPath(file);
    const services = file === undefined ? place.services : this.#open(path);
    if (!services) return withObstacle(own, { kind: 'extends', file: path });
    // a circle has no base either
    const isCircle = above.includes(JSON.stringify([path, service]));
    if (!services.has(service) || isCircle) return withObstacle(own, { kind: 'no-base', service });
    const base = this.extend({ services, path }, service, above);
    const below = new Map([[name, base]]);
    for (const keys of this.#replaced) takeOut(below, keys);
    const content = new Map(mergeValues(below.get(name)?.content ?? new Map(), own.content, ['services', name]) as Mapping);
    content.delete('extends');
    return { content, unset: new Set([...base.unset, ...own.unset]), obstacles: [...base.obstacles, ...own.obstacles] };
  }
}

const withObstacle = (service: Service, obstacle: ComposeObstacle): Service => ({
  ...service,
  obstacles: [...service.obstacles, obstacle],
});

function extendedBy(value: Value | undefined): { service: string; file?: string } | undefined {
  if (typeof value === 'string') return { service: value };
  if (!isMapping(value)) return undefined;
  const [service, file] = [value.get('service'), value.get('file')];
  return { service: typeof service === 'string' ? service : '', ...(typeof file === 'string' && { file }) };
}
