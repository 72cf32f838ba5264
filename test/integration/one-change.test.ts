import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { TestApp } from '../support/make-app.ts';
import { changes } from '../support/one-change/changes.ts';
import { judgeChange, makeBases } from '../support/one-change/judge.ts';
import { madeProjects } from '../support/one-change/project.ts';
import { base, host } from './own-engine.ts';

/** Projects a builder; more by hand. */
const projects = Number(process.env.LAYERDECK_CHANGES ?? 6);
const seed = Number(process.env.LAYERDECK_SEED ?? 9);

let made = 0;
const counts = new Map<string, number>();
const right = (): number => counts.get('right') ?? 0;

// it forgets what the whole engine has built, which no engine of somebody else's is to do
const engineIsOurs = process.env.LAYERDECK_TEST_ENGINE === undefined;
test.runIf(engineIsOurs).each(['automatic', 'classic'] as const)(
  'builder %s: of one change, no cause is said that did not hold',
  { timeout: 60_000 + projects * 60_000 },
  async (builder) => {
    await using app = new TestApp(host);
    app.builder = builder;
    await app.connected();
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
    // some changes build nothing again; but where no cause was found at all, nothing was tried
    expect(right() - before).toBeGreaterThanOrEqual(projects / 3);
  },
);

// the figures
afterAll(() => void process.stdout.write(`${JSON.stringify(Object.fromEntries(counts))}\n`));
