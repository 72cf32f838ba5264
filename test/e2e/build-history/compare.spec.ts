import type { Locator, Page } from '@playwright/test';
import type { Engine } from '../../../tools/engine/engine.ts';
import { expect, test } from '../../support/window/app.ts';
import { expectNoViolations } from '../../support/window/expect-no-violations.ts';
import { rowOf, search } from '../../support/window/find-in-window.ts';

/** Builds an image on the small base. */
async function build({ docker }: Engine, reference: string, ...lines: string[]): Promise<void> {
  await docker(['build', '--tag', reference, '-'], { input: `FROM layerdeck/base:1\n${lines.join('\n')}\n` });
}

async function compare(window: Page, words: string, references: string[]): Promise<Locator> {
  await search(window, words);
  for (const reference of references) await rowOf(window, reference).getByRole('checkbox').check();
  await window.getByRole('toolbar').getByRole('button', { name: 'Compare' }).click();
  // of two, their files come first
  if (references.length === 2) await window.getByRole('button', { name: 'Compare how they were built' }).click();
  const matrix = window.getByRole('region', { name: 'Cache matrix' });
  await expect(matrix).toBeVisible();
  return matrix;
}

const later = Array.from({ length: 10 }, (_, place) => `RUN echo later ${place}`);

test('an image and one built on it: one explanation, and no search for a cause', async ({ engine, window }) => {
  await build(engine, 'e2e-goes-on/base:1', 'RUN echo below > /below');
  await build(engine, 'e2e-goes-on/app:1', 'RUN echo below > /below', 'RUN echo above > /above', 'ENV A=1');
  const matrix = await compare(window, 'e2e-goes-on', ['e2e-goes-on/base:1', 'e2e-goes-on/app:1']);
  await expect(
    window.getByText(/^e2e-goes-on\/app:1 begins with all \d+\ssteps of e2e-goes-on\/base:1 and goes on with 2 more/),
  ).toBeVisible();
  await expect(matrix.getByRole('columnheader', { name: 'not in all' })).toBeInViewport({ ratio: 1 });
  await expect(window.getByText('diverge here')).toHaveCount(0);
  await expect(window.getByRole('button', { name: 'Look into the layers' })).toHaveCount(0);
  await expectNoViolations(window);
});

for (const width of [1280, 900]) {
  test(`in a window of ${width} pixels the column where they diverge is in view, and comes back by the keyboard`, async ({
    engine,
    window,
  }) => {
    const name = `e2e-wide-${width}`;
    const below = (await engine.docker(['history', '--quiet', 'layerdeck/base:1'])).trim().split('\n').length;
    // so few that none of them is folded up; with a name, as otherwise one image would have both names
    const same = Array.from({ length: 5 - below }, (_, place) => `RUN echo ${name} ${place} > /same`);
    await build(engine, `${name}/one:1`, ...same, 'RUN echo one > /other', ...later);
    await build(engine, `${name}/two:1`, ...same, 'RUN echo two > /other', ...later);
    const before = window.viewportSize();
    await window.setViewportSize({ width, height: 800 });
    const matrix = await compare(window, name, [`${name}/one:1`, `${name}/two:1`]);
    const parts = matrix.getByRole('columnheader', { name: 'diverge here' });
    await expect(parts).toBeInViewport({ ratio: 1 });
    // a column named by what stands there, as in the sentence above the table
    await expect(parts).toHaveText('RUNdiverge here');
    await expect(
      window.getByText(/They diverge where one has “RUN echo (one|two) > \/other” and another “RUN echo (one|two) > \/other”/),
    ).toBeVisible();

    await matrix.evaluate((region) => region.scrollTo({ left: region.scrollWidth }));
    await expect(parts).not.toBeInViewport();
    await window.getByRole('button', { name: 'Show where they diverge' }).press('Enter');
    await expect(parts).toBeInViewport({ ratio: 1 });
    await expect(matrix).toBeFocused();
    await expectNoViolations(window);
    if (before) await window.setViewportSize(before);
  });
}
