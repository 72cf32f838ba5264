import { listed } from '../ui/format.ts';

/** Says of arguments that their values are not there any more; nothing where there are none. */
export function missedWords(names: string[]): string | undefined {
  if (names.length === 0) return undefined;
  return names.length === 1 ? `${names[0]} was not kept: fill it in again.` : `${listed(names)} were not kept: fill them in again.`;
}
