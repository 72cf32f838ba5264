import fc from 'fast-check';
import { expect, test } from 'vitest';
import { chooseKept } from '../../../main/features/images/choose-kept.ts';
import { isKeptName, keptNameOf, keptUntil } from '../../../main/foundation/engine/kept-names.ts';

/** Images of layers with sizes, some of which images with names need as well. */
const layers = fc.array(fc.record({ size: fc.integer({ min: 0, max: 100 }), isNeeded: fc.boolean() }), { minLength: 1, maxLength: 8 });

test('what is kept fits into the budget, layers counted once; whoever is left out has nobody older kept in its place', async () => {
  const images = fc.array(fc.array(fc.nat(7), { maxLength: 5 }), { maxLength: 12 });
  await fc.assert(
    fc.asyncProperty(layers, images, fc.integer({ min: 0, max: 400 }), async (all, made, budget) => {
      const bytesOf = (ids: readonly string[]) => {
        const own = new Set(ids.flatMap((id) => (made[Number(id)] ?? []).map((layer) => layer % all.length)));
        return [...own].reduce((sum, layer) => sum + (all[layer]?.isNeeded ? 0 : (all[layer]?.size ?? 0)), 0);
      };
      const left = made.map((_, at) => ({ id: String(at), size: 1000 }));
      const kept = await chooseKept(left, budget, async (ids) => bytesOf(ids));
      expect(bytesOf(kept)).toBeLessThanOrEqual(budget);
      // the newest come first: only one that is larger than the whole budget is passed over
      const oldest = Math.max(-1, ...kept.map(Number));
      for (let at = 0; at <= oldest; at++) if (!kept.includes(String(at))) expect(bytesOf([String(at)])).toBeGreaterThan(budget);
      // and the next one would be too much
      const next = left.slice(oldest + 1).find(({ id }) => bytesOf([id]) <= budget);
      if (next) expect(bytesOf([...kept, next.id])).toBeGreaterThan(budget);
    }),
  );
});

test('where an engine doesn’t say what is shared, whole sizes count', async () => {
  const left = [300, 300, 500].map((size, at) => ({ id: String(at), size }));
  expect(await chooseKept(left, 700, async () => undefined)).toEqual(['0', '1']);
  expect(await chooseKept(left, 0, async () => undefined)).toEqual([]);
});

test('a private name says its image and the day; no other name is taken for one', () => {
  const id = `sha256:${'4f'.repeat(32)}`;
  const name = keptNameOf(id, Date.parse('2027-03-04T17:00:00Z'));
  expect(name).toBe(`layerdeck.invalid/kept-for-undo:${'4f'.repeat(32)}-until-2027-03-04`);
  expect(keptUntil(name)).toBe(Date.parse('2027-03-04'));
  expect([name, `layerdeck.invalid/kept-for-undo@${id}`].map(isKeptName)).toEqual([true, true]);
  expect(['layerdeck.invalid/kept-for-undo-not:1', 'app:latest'].map(isKeptName)).toEqual([false, false]);
  expect(keptUntil('layerdeck.invalid/kept-for-undo:other')).toBeUndefined();
});
