import type { ComposeArg } from '../../../../contract/compose.ts';
import type { Lookup } from './substitute.ts';
import { isList, isMapping, printed, type Value } from './values.ts';

// Each reads the value of one option as Compose does, and gives undefined if Compose would not take it.

export const textIn = (value: Value | undefined): string | undefined => (typeof value === 'string' ? value : undefined);

export function textsIn(value: Value | undefined): string[] | undefined {
  if (typeof value === 'string') return [value];
  if (!isList(value)) return undefined;
  const texts = value.filter((one) => typeof one === 'string');
  return texts.length === value.length ? [...new Set(texts)] : undefined;
}

/** Compose takes words for yes and no, too. */
export function switchIn(value: Value | undefined): boolean | undefined {
  const word = printed(value)?.toLowerCase() ?? '';
  if (['true', 'y', 'yes', 'on'].includes(word)) return true;
  return ['false', 'n', 'no', 'off'].includes(word) ? false : undefined;
}

/** Names with values, from a mapping or from lines `NAME=value`. One without a value gets it from `lookup`, and may stay without. */
export function pairsIn(value: Value | undefined, lookup: Lookup): ComposeArg[] | undefined {
  const pairs = isMapping(value) ? [...value].map(pairOf) : isList(value) ? value.map(pairOfLine) : undefined;
  if (!pairs || pairs.includes(undefined)) return undefined;
  // of several with the same name the last one counts
  const last = new Map(pairs.flatMap((pair) => (pair ? [[pair.name, pair.value] as const] : [])));
  return [...last].map(([name, given]) => {
    const found = given ?? lookup(name);
    return found === undefined ? { name } : { name, value: found };
  });
}

function pairOf([name, value]: [string, Value]): ComposeArg | undefined {
  if (value === null) return { name };
  const text = printed(value);
  return text === undefined ? undefined : { name, value: text };
}

function pairOfLine(line: Value): ComposeArg | undefined {
  if (typeof line !== 'string') return undefined;
  const cut = line.indexOf('=');
  return cut === -1 ? { name: line } : { name: line.slice(0, cut), value: line.slice(cut + 1) };
}
