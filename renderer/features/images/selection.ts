/** Everything between two rows, both included, in the order shown; either may be gone. */
export function idsBetween(shown: readonly string[], from: string | undefined, to: string): string[] {
  const end = shown.indexOf(to);
  const start = from === undefined ? end : shown.indexOf(from);
  if (end === -1) return [];
  if (start === -1) return [to];
  return shown.slice(Math.min(start, end), Math.max(start, end) + 1);
}

export function toggled(selected: ReadonlySet<string>, id: string): Set<string> {
  const next = new Set(selected);
  if (!next.delete(id)) next.add(id);
  return next;
}
