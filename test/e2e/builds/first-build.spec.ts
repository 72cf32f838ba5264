import type { Page } from '@playwright/test';
import { expect, test } from '../../support/window/app.ts';
import { buildAgain, builders, buildHeading, chooseBuilder, chooseFolder, startBuild } from '../../support/window/build-in-window.ts';
import { expectNoViolations } from '../../support/window/expect-no-violations.ts';
import { WorkFolder } from '../../support/work-folder.ts';

const card = (window: Page) => window.getByRole('region', { name: 'Why was it built this way?' });

for (const builder of builders) {
  test(`${builder}: a first build says what is known, and offers the image that another program built from the same Dockerfile`, async ({
    engine,
    app,
    window,
  }) => {
    await chooseBuilder(window, builder);
    const name = `e2e-first-${builder.toLowerCase()}`;
    const mark = `mark-${Math.random()}`;
    const dockerfile = `FROM layerdeck/base:1\nRUN echo ${mark} > /mark\nCOPY index.rb /app/\nRUN cat /app/index.rb > /last\n`;
    using theirs = new WorkFolder({ Dockerfile: dockerfile, 'index.rb': 'one' });
    // under another name: only its steps show that it is like this one
    const env = { DOCKER_BUILDKIT: builder === 'BuildKit' ? '1' : '0' };
    await engine.docker(['build', '--tag', `e2e-theirs-${builder.toLowerCase()}:1`, theirs.path], { env });

    using mine = new WorkFolder({ Dockerfile: dockerfile, 'index.rb': 'two' });
    await chooseFolder(app, window, mine.path);
    await startBuild(window, `${name}:1`);
    await expect(buildHeading(window, `${name}:1 is built`)).toBeVisible({ timeout: 30_000 });
    await expect(card(window)).toContainText(
      'the first build of this folder that Layerdeck knows of, so there is no earlier one to compare it with',
    );
    await expect(card(window)).toContainText('“Run echo” came from the cache. It isn’t known who made it.');
    await expect(card(window)).toContainText('It ends with steps that read like those in this Dockerfile.');
    await expectNoViolations(window);
    await card(window)
      .getByRole('button', { name: `Compare with e2e-theirs-${builder.toLowerCase()}:1` })
      .press('Enter');
    await expect(window.getByRole('heading', { name: /^1\sbuild and 1\simage compared$/ })).toBeVisible();
    await window.getByRole('button', { name: 'Look into the layers' }).click();
    await expect(window.getByRole('article')).toContainText('Other content: 1\u00a0file: app/index.rb');
    await expectNoViolations(window);

    // a second build has one to be compared with, so it isn’t the first
    await window.getByRole('button', { name: 'Back' }).click();
    await expect(card(window)).toBeVisible();
    await buildAgain(window);
    await expect(buildHeading(window, `${name}:1 is built`)).toBeVisible();
    await expect(card(window)).toHaveCount(0);
  });
}

test('a first build under a name that others have offers those, and can be silenced', async ({ engine, app, window }) => {
  await engine.docker(['tag', 'layerdeck/base:1', 'e2e-named:old']);
  using folder = new WorkFolder({ Dockerfile: `FROM layerdeck/base:1\nRUN echo ${Math.random()} > /a\n` });
  await chooseFolder(app, window, folder.path);
  await startBuild(window, 'e2e-named:new');
  await expect(buildHeading(window, 'e2e-named:new is built')).toBeVisible({ timeout: 30_000 });
  await expect(card(window)).toContainText(
    'Apart from the base image, none of its steps came from the cache. It isn’t known why they weren’t there.',
  );
  const offer = card(window).getByRole('button', { name: 'Compare with e2e-named:old' });
  await expect(offer).toBeVisible();
  await offer.click();
  // it is its own base
  await expect(window.getByText(/begins with all \d+\ssteps of .* and goes on with 1 more/)).toBeVisible();
  await window.getByRole('button', { name: 'Back' }).click();
  await card(window).getByRole('button', { name: 'Close the explanation' }).click();
  await expect(card(window)).toHaveCount(0);
});
