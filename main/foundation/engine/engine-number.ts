/** More bytes than any layer has: a larger number is the engine's mistake. A thousand of these still add up exactly. */
const most = 2 ** 43;

/** A count in an engine's line; undefined if it is not a usable number. */
export const engineNumber = (value: unknown): number | undefined =>
  typeof value === 'number' && value >= 0 && value <= most ? Math.floor(value) : undefined;
