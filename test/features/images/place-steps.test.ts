import fc from 'fast-check';
import { expect, test } from 'vitest';
import { placeSteps, type StepKind } from '../../../main/features/images/place-steps.ts';

/** Every way to place the layers, as the place of each step's layer. */
function everyWay(kinds: StepKind[], layers: number, counts: ReadonlyMap<number, number>): (number | undefined)[][] {
  let ways: (number | undefined)[][] = [[]];
  const made = (way: (number | undefined)[]) => way.filter((place) => place !== undefined).length;
  kinds.forEach((kind, step) => {
    ways = ways.flatMap((way) => [...(kind === 'layer' ? [] : [[...way, undefined]]), ...(kind === 'none' ? [] : [[...way, made(way)]])]);
    const count = counts.get(step);
    if (count !== undefined) ways = ways.filter((way) => made(way) === count);
  });
  return ways.filter((way) => made(way) === layers);
}

test('exactly what all ways have in common is claimed, no less and no more', () => {
  const kinds = fc.array(fc.constantFrom<StepKind>('layer', 'none', 'perhaps'), { maxLength: 9 });
  const anchors = fc.array(fc.nat(8), { maxLength: 3 });
  fc.assert(
    fc.property(kinds, anchors, fc.infiniteStream(fc.boolean()), (steps, asked, keeps) => {
      let count = 0;
      const after = steps.map((kind) => {
        const keepsIt = keeps.next().value === true;
        if (kind === 'layer' || (kind === 'perhaps' && keepsIt)) count += 1;
        return count;
      });
      const counts = new Map(asked.flatMap((step) => (after[step] === undefined ? [] : [[step, after[step]] as const])));
      const ways = everyWay(steps, count, counts);
      const placed = placeSteps(steps, count, counts);
      expect(placed).toHaveLength(steps.length);
      placed.forEach(({ hasLayer, place }, step) => {
        const places = new Set(ways.map((way) => way[step]));
        const has = new Set(ways.map((way) => way[step] !== undefined));
        expect(hasLayer).toBe(has.size === 1 ? [...has][0] : undefined);
        expect(place).toBe(places.size === 1 ? [...places][0] : undefined);
      });
    }),
    { numRuns: 3000 },
  );
});

test('if steps and layers do not add up, only one thing is claimed: that bytes need a layer', () => {
  expect(placeSteps(['layer', 'layer', 'none'], 1)).toEqual([
    { isOdd: true, hasLayer: true },
    { isOdd: true, hasLayer: true },
    { isOdd: true },
  ]);
  expect(placeSteps(['layer', 'perhaps'], 3)).toEqual([{ isOdd: true, hasLayer: true }, { isOdd: true }]);
  // below a step whose image was asked, nothing changes
  expect(placeSteps(['layer', 'perhaps'], 3, new Map([[0, 1]]))[0]).toEqual({ hasLayer: true, place: 0 });
});
