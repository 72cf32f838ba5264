import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { base, builderChoices, host } from '../../support/engines/own-engine.ts';
import { startApp } from '../../support/make-app.ts';
import { changes } from '../../support/one-change/changes.ts';
import { judgeChange, makeBases } from '../../support/one-change/judge.ts';
import { madeProjects } from '../../support/one-change/project.ts';

/** Projects per builder; more when run by hand. */
const projects = Number(process.env.LAYERDECK_CHANGES ?? 6);
const seed = Number(process.env.LAYERDECK_SEED ?? 9);

let made = 0;
const counts = new Map<string, number>();
const right = (): number => counts.get('right') ?? 0;

// it clears the engine's whole build cache, which must not happen to an engine that is not ours
const engineIsOurs = process.env.LAYERDECK_TEST_ENGINE === undefined;
test.runIf(engineIsOurs).each(builderChoices)(
  'builder %s: no false cause is given for one change',
  { timeout: 60_000 + projects * 60_000 },
  async (builder) => {
    await using app = await startApp(host, { builder: builder });
    const bases = await makeBases(app, base);
    const before = right();
    const property = fc.asyncProperty(
      madeProjects(bases.name),
      fc.constantFrom(...changes.keys()),
      fc.infiniteStream(fc.nat(1000)),
      async (project, name, picks) => {
        const pick = (count: number) => (picks.next().value ?? 0) % Math.max(count, 1);
        const changed = changes.get(name)?.(project, pick);
        fc.pre(changed !== undefined);
        made += 1;
        const { what, said } = await judgeChange(app, bases, project, changed, `${process.pid}-${made}`);
        counts.set(what, (counts.get(what) ?? 0) + 1);
        expect({ what, said, lines: changed.project.lines }).not.toMatchObject({ what: 'wrong' });
      },
    );
    await fc.assert(property, { seed, numRuns: projects });
    // some changes rebuild nothing; but if no cause was found at all, nothing was tested
    expect(right() - before).toBeGreaterThanOrEqual(projects / 3);
  },
);

// the figures
afterAll(() => void process.stdout.write(`${JSON.stringify(Object.fromEntries(counts))}\n`));
