export type Call = { name: string; args: unknown[] };

/** Every call to a double that has no real effect here, oldest first; tests read it. */
export const calls: Call[] = [];

/** Records a call. */
export function record(name: string, ...args: unknown[]): void {
  calls.push({ name, args });
}
