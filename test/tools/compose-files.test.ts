import * as fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { installMissing } from '../../tools/engine/install-missing.ts';
import type { Suite } from '../../tools/engine/roots.ts';
import { askCompose, askCompose1, askLayerdeck, composeOf, type Told } from '../support/compose/ask-compose.ts';
import { damagedProject } from '../support/compose/damaged-projects.ts';
import { type MadeProject, madeProject } from '../support/compose/made-projects.ts';
import { plainProject } from '../support/compose/plain-projects.ts';

// Compose itself says what a project means: `docker-compose config`, for made-up projects. LAYERDECK_PROJECTS=5000 makes up
// more, LAYERDECK_SEED=1 others.

const runs = Number(process.env.LAYERDECK_PROJECTS ?? 200);
const seed = Number(process.env.LAYERDECK_SEED ?? 12);

/** Compares what Compose and Layerdeck make of projects. Those that Compose refuses prove nothing, so `share` of them must be others. */
function compare(projects: fc.Arbitrary<MadeProject>, ask: (project: MadeProject) => Told | string, numRuns: number, share = 0.2): void {
  let understood = 0;
  fc.assert(
    fc.property(projects, (project) => {
      const truth = ask(project);
      if (typeof truth === 'string') return;
      understood++;
      expect(askLayerdeck(project)).toEqual(truth);
    }),
    { seed, numRuns },
  );
  expect(understood).toBeGreaterThan(numRuns * share);
}

const timeout = 60_000 + runs * 400;

describe.each<Suite>(['trixie', 'forky'])('Compose of Debian %s', (suite) => {
  let command: string[];
  beforeAll(() => {
    command = composeOf(suite);
  });

  test('makes of a project’s files what Layerdeck makes of them', { timeout }, () => {
    compare(madeProject, (project) => askCompose(command, project), runs);
  });

  test('makes of damaged files the same, where Layerdeck doesn’t refuse them', { timeout }, () => {
    const isRefused = (project: MadeProject) => typeof askLayerdeck(project) === 'string';
    compare(damagedProject, (project) => (isRefused(project) ? 'refused' : askCompose(command, project)), runs, 0.03);
  });
});

test('Compose 1 makes of what it can read what Layerdeck makes of it', { timeout }, () => {
  installMissing(['docker-compose']);
  compare(plainProject, askCompose1, Math.ceil(runs / 5));
});
