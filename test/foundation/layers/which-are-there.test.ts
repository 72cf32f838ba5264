import fc from 'fast-check';
import { expect, test } from 'vitest';
import { chainIds } from '../../../main/foundation/layers/chain-ids.ts';
import { whichAreThere } from '../../../main/foundation/layers/which-are-there.ts';

const stack = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { minLength: 1, maxLength: 5 });

test('a layer is there if every image that has it finds it there with all that is below', () => {
  fc.assert(
    fc.property(fc.array(stack, { maxLength: 4 }), fc.array(stack, { maxLength: 3 }), (going, there) => {
      const chainsThere = new Set(there.flatMap(chainIds));
      const found = whichAreThere(
        going.map((names) => ({ names, chains: chainIds(names) })),
        chainsThere,
      );
      for (const name of new Set(going.flat())) {
        const isFound = going.every((names) =>
          names.every(
            (one, place) => one !== name || there.some((other) => names.slice(0, place + 1).every((each, at) => other[at] === each)),
          ),
        );
        expect(found.get(name)).toBe(isFound);
      }
    }),
  );
});
