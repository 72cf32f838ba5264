import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { BuildStep } from '../../../contract/build.ts';
import { orderSteps } from '../../../main/features/builds/order-steps.ts';

const step = (id: string, needs: string[]): BuildStep => ({ id, instruction: id, state: 'waiting', needs });
const made = (...steps: BuildStep[]) => Object.fromEntries(steps.map((one) => [one.id, one]));

test('the steps of a Dockerfile, named last one first as by BuildKit 0.25, come in its order', () => {
  const arrived = made(
    step('last', ['copy']),
    step('copy', ['first', 'context']),
    step('context', []),
    step('first', ['from']),
    step('from', []),
  );
  expect(Object.keys(orderSteps(arrived))).toEqual(['from', 'first', 'context', 'copy', 'last']);
});

test('what arrived in order stays in order, and what is no step is no matter', () => {
  const arrived = made(step('from', ['nobody']), step('other', []), step('run', ['from']), step('copy', ['other', 'run']));
  expect(Object.keys(orderSteps(arrived))).toEqual(['from', 'other', 'run', 'copy']);
});

test('a chain of a hundred thousand', () => {
  const arrived = made(...Array.from({ length: 100_000 }, (_, place) => step(`s${place}`, [`s${place + 1}`])));
  expect(Object.keys(orderSteps(arrived)).slice(0, 2)).toEqual(['s99999', 's99998']);
});

test('none gets lost, each is behind what it needs, and an order that is right is left alone', () => {
  const graph = fc.array(fc.array(fc.nat(30), { maxLength: 4 }), { maxLength: 30 }).chain((needs) => {
    const steps = needs.map((before, place) =>
      step(
        `s${place}`,
        [...new Set(before)].filter((one) => one < place).map((one) => `s${one}`),
      ),
    );
    return fc.tuple(fc.constant(steps), fc.shuffledSubarray(steps, { minLength: steps.length }));
  });
  fc.assert(
    fc.property(graph, ([right, shuffled]) => {
      const ordered = Object.values(orderSteps(made(...shuffled)));
      expect(ordered.map(({ id }) => id).toSorted()).toEqual(right.map(({ id }) => id).toSorted());
      const places = new Map(ordered.map(({ id }, place) => [id, place]));
      for (const { id, needs = [] } of ordered) for (const need of needs) expect(places.get(need)).toBeLessThan(places.get(id) ?? 0);
      expect(Object.keys(orderSteps(made(...right)))).toEqual(right.map(({ id }) => id));
    }),
  );
});
