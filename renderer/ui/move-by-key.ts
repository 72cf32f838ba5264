/** Rows that PageUp and PageDown go over, where nobody says how many are in sight. */
const pageLength = 12;

/** Where a key leads in a list from the place `at`; undefined for a key that moves nothing. */
export function moveByKey(key: string, at: number, length: number, page = pageLength): number | undefined {
  const targets: Record<string, number> = {
    ArrowDown: at + 1,
    ArrowUp: at - 1,
    PageDown: at + page,
    PageUp: at - page,
    Home: 0,
    End: length - 1,
  };
  const target = Object.hasOwn(targets, key) ? targets[key] : undefined;
  return target === undefined || length === 0 ? undefined : Math.min(length - 1, Math.max(0, target));
}
