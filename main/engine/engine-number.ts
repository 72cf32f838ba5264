/** Bytes beyond which no layer goes; a larger number is a mistake of the engine, and a thousand of these still add up exactly. */
const most = 2 ** 43;

/** A count of an engine's line; undefined where it is none that can be counted with. */
export const engineNumber = (value: unknown): number | undefined =>
  typeof value === 'number' && value >= 0 && value <= most ? Math.floor(value) : undefined;
