/** Whether a step makes a layer, as far as its words and its bytes tell. */
export type StepKind = 'layer' | 'none' | 'perhaps';

/** What is certain of a step; `place` is that of its layer, 0 the lowest. `isOdd` where steps and layers do not add up at all. */
export type PlacedStep = { hasLayer?: boolean; place?: number; isOdd?: true };

/**
 * Says of each step of an image (oldest first) which of its layers it made. `counts` has the number of layers that the image had
 * after some of its steps. Between two such steps only those that can stand in one way alone get an answer; nothing is guessed.
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

// A layer lies above those of all steps before it that surely made one, and of as many of the doubtful ones as cannot be elsewhere.
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
