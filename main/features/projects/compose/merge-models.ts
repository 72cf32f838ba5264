import { isList, isMapping, type Mapping, printed, type Value } from './values.ts';

/** Two parts of a project that Compose cannot lay over each other. */
export class MergeError extends Error {}

/** Lays one part over another, as Compose does with an override file and with `extends`. `path` says where they are. */
export function mergeValues(below: Value, above: Value, path: readonly string[]): Value {
  const special = isService(path) ? specials.get(path.slice(2).join('.')) : undefined;
  if (special) return special(below, above, path);
  if (above === null) return below;
  if (isMapping(below)) return mergeMappings(below, asMapping(above, path), path);
  if (isList(below)) {
    if (!isList(above)) throw new MergeError(path.join('.'));
    return [...below, ...above];
  }
  return above;
}

function mergeMappings(below: Mapping, above: Mapping, path: readonly string[]): Mapping {
  const merged = new Map(below);
  for (const [key, value] of above) {
    const before = merged.get(key);
    merged.set(key, before === undefined || key.startsWith('x-') ? value : mergeValues(before, value, [...path, key]));
  }
  return merged;
}

function asMapping(value: Value, path: readonly string[]): Mapping {
  if (isMapping(value)) return value;
  throw new MergeError(path.join('.'));
}

const isService = ([first, , ...rest]: readonly string[]): boolean => first === 'services' && rest.length > 0;

type Merge = (below: Value, above: Value, path: readonly string[]) => Value;

/** `build: folder` is short for `build: {context: folder}`. */
const buildOf = (value: Value, path: readonly string[]): Mapping =>
  typeof value === 'string' ? new Map([['context', value]]) : value === null ? new Map() : asMapping(value, path);

const joinLines: Merge = (below, above, path) => [...linesOf(below, path), ...linesOf(above, path)];

const specials = new Map<string, Merge>([
  ['build', (below, above, path) => mergeMappings(buildOf(below, path), buildOf(above, path), path)],
  ['build.args', joinLines],
  ['build.labels', joinLines],
  ['build.additional_contexts', joinLines],
  ['build.extra_hosts', joinLines],
]);

/** A mapping as the lines `NAME=value` that mean the same. */
function linesOf(value: Value, path: readonly string[]): readonly Value[] {
  if (isList(value)) return value;
  if (!isMapping(value)) return typeof value === 'string' ? [value] : [];
  return [...value].map(([name, one]) => {
    const text = printed(one);
    if (text === undefined && one !== null) throw new MergeError([...path, name].join('.'));
    return text === undefined ? name : `${name}=${text}`;
  });
}
