import fc from 'fast-check';
import { expect, test } from 'vitest';
import { GrowingMap } from '../../../main/foundation/dockerfile/growing-map.ts';

test('a snapshot of any moment holds what a copy would hold', () => {
  const name = fc.constantFrom('A', 'B', 'C', '__proto__');
  fc.assert(
    fc.property(fc.array(fc.tuple(name, fc.string({ maxLength: 2 })), { maxLength: 20 }), (changes) => {
      const map = new GrowingMap();
      const copy = new Map<string, string>();
      const moments = changes.map(([key, value]) => {
        map.set(key, value);
        copy.set(key, value);
        return { held: map.snapshot(), copy: new Map(copy) };
      });
      for (const { held: then, copy: held } of moments) {
        expect(then.entries()).toEqual([...held]);
        expect(then.keys()).toEqual([...held.keys()]);
        for (const key of ['A', 'B', 'C', '__proto__', 'D']) expect(then.get(key)).toBe(held.get(key));
      }
    }),
  );
});
