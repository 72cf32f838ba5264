import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { describeBuilds } from '../../../../main/features/projects/compose/describe-build.ts';
import { understand } from '../../../../main/features/projects/compose/inspect-compose.ts';
import { FailureError } from '../../../../main/foundation/failures/failure.ts';
import { damagedProject } from '../../../support/compose/damaged-projects.ts';

test('a damaged project is understood, or refused in words', () => {
  let refused = 0;
  fc.assert(
    fc.property(damagedProject, ({ folder, compose, override = '', env = '', others = {} }) => {
      const files = [
        { name: 'compose.yaml', text: compose },
        { name: 'compose.override.yaml', text: override },
      ];
      try {
        describeBuilds(understand({ files, env, others: new Map(Object.entries(others)) }, folder));
      } catch (error) {
        refused++;
        if (!(error instanceof FailureError)) throw error;
        expect(error.failure).toMatchObject({ title: expect.stringMatching(/\S/), hint: expect.stringMatching(/\.$/) });
      }
    }),
    { seed: 4, numRuns: 1500 },
  );
  expect(refused).toBeGreaterThan(150);
  expect(refused).toBeLessThan(1450);
});
