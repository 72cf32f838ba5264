import { UnreadableYaml } from './read-yaml.ts';
import type { Service } from './service.ts';
import { type Lookup, SubstitutionError, substitute } from './substitute.ts';
import { isList, isMapping, type Mapping, type Value } from './values.ts';

/** The keys of a service that say something about its image. */
const neededKeys = ['build', 'image', 'platform', 'profiles', 'extends'];

/** The most services in a file: each can take over all of the one before it. */
const mostServices = 500;

/** The services of one document, with variables replaced, before `extends` is followed. Throws `UnreadableYaml` if there are too many. */
export function servicesIn(value: Value | undefined, lookup: Lookup): Map<string, Service> {
  if (!isMapping(value)) return new Map();
  if (value.size > mostServices) throw new UnreadableYaml(`The file has more than ${mostServices} services`, undefined);
  return new Map([...value].flatMap(([name, service]) => (isMapping(service) ? [[name, serviceOf(service, lookup)] as const] : [])));
}

function serviceOf(service: Mapping, lookup: Lookup): Service {
  const needed: Mapping = new Map([...service].filter(([key]) => neededKeys.includes(key)));
  const unset = new Set<string>();
  try {
    const text = replacer(lookup, (name) => unset.add(name));
    return { content: replace(needed, text) as Mapping, unset, obstacles: [] };
  } catch (error) {
    if (!(error instanceof SubstitutionError)) throw error;
    return { content: needed, unset, obstacles: [error.problem] };
  }
}

/** The secrets whose variables all have values. */
export function secretsIn(secrets: Mapping, lookup: Lookup): Mapping {
  const text = replacer(lookup, () => {});
  const known = [...secrets].flatMap(([name, secret]): [string, Value][] => {
    try {
      return [[name, replace(secret, text)]];
    } catch (error) {
      if (!(error instanceof SubstitutionError)) throw error;
      return [];
    }
  });
  return new Map(known);
}

/** Replaces variables in a text. The same text is worked on once: aliases can repeat a long one a hundred thousand times. */
function replacer(lookup: Lookup, unset: (name: string) => void): (text: string) => string {
  const known = new Map<string, string>();
  return (text) => {
    const done = known.get(text) ?? substitute(text, lookup, unset);
    known.set(text, done);
    return done;
  };
}

/** The same with every text replaced; keys stay as they are. */
function replace(value: Value, text: (one: string) => string): Value {
  if (typeof value === 'string') return text(value);
  if (isMapping(value)) return new Map([...value].map(([key, one]) => [key, replace(one, text)]));
  return isList(value) ? value.map((one) => replace(one, text)) : value;
}
