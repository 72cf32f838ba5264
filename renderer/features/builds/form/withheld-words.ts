import { listed } from '../../../ui/format.ts';

/** Says that the values of arguments were not kept; undefined if there are none. */
export function withheldWords(names: string[]): string | undefined {
  if (names.length === 0) return undefined;
  return names.length === 1 ? `${names[0]} was not kept: fill it in again.` : `${listed(names)} were not kept: fill them in again.`;
}
