/** Whether a step makes a layer, judging by its words and bytes. */
export type StepKind = 'layer' | 'none' | 'perhaps';

/** What is certain about a step; `place` is its layer's position, 0 for the lowest. `isOdd`: steps and layers do not add up. */
export type PlacedStep = { hasLayer?: boolean; place?: number; isOdd?: true };

/**
 * Decides for each step of an image (the oldest first) which layer it made. `counts` gives the number of layers after some of the
 * steps. Between two such steps, only a step with exactly one possible position gets an answer; nothing is guessed.
 */
export function placeSteps(kinds: readonly StepKind[], layers: number, counts: ReadonlyMap<number, number> = new Map()): PlacedStep[] {
  const placed: PlacedStep[] = [];
  let from = 0;
  let below = 0;
  for (const [step, count] of [...counts, [kinds.length - 1, layers] as const].sort(([a], [b]) => a - b)) {
    if (step < from) continue;
    placed.push(...placeBetween(kinds.slice(from, step + 1), below, count - below));
    from = step + 1;
    below = count;
  }
  return placed;
}

// a layer is above those of all earlier steps that certainly made one, and of the doubtful steps that leave no other possibility
function placeBetween(kinds: readonly StepKind[], below: number, layers: number): PlacedStep[] {
  const doubtful = kinds.filter((kind) => kind === 'perhaps').length;
  const spare = layers - kinds.filter((kind) => kind === 'layer').length;
  if (spare < 0 || spare > doubtful) return kinds.map((kind) => ({ isOdd: true, ...(kind === 'layer' && { hasLayer: true }) }));
  let sure = below;
  let before = 0;
  return kinds.map((kind): PlacedStep => {
    if (kind === 'none') return { hasLayer: false };
    const least = sure + Math.max(0, spare - (doubtful - before));
    const most = sure + Math.min(before, spare);
    const place = least === most ? { place: least } : {};
    if (kind === 'layer') {
      sure += 1;
      return { hasLayer: true, ...place };
    }
    before += 1;
    if (spare === 0) return { hasLayer: false };
    return spare === doubtful ? { hasLayer: true, place: sure + before - 1 } : {};
  });
}
