import { WorkFolder } from '../support/work-folder.ts';
import { expect, test } from './app.ts';
import { buildAgain, builders, buildHeading, chooseBuilder, chooseFolder, startBuild } from './build-in-window.ts';
import { expectNoViolations } from './expect-no-violations.ts';
import { showPage } from './find-in-window.ts';

for (const builder of builders) {
  test(`${builder}: of two builds every cause is told, each step is there, and the answer of the layers is in view`, async ({
    app,
    window,
  }) => {
    const name = `e2e-pair-${builder.toLowerCase()}:1`;
    const mark = `mark-${Math.random()}`;
    const dockerfile = (version: string) =>
      `FROM layerdeck/base:1\nARG VERSION=${version}\nRUN echo ${mark} $VERSION > /version\nCOPY index.rb /app/\nRUN cat /app/index.rb > /last\n`;
    using folder = new WorkFolder({ Dockerfile: dockerfile('1'), 'index.rb': 'one' });
    await chooseBuilder(window, builder);
    await chooseFolder(app, window, folder.path);
    await startBuild(window, name);
    await expect(buildHeading(window, `${name} is built`)).toBeVisible({ timeout: 30_000 });
    folder.write('Dockerfile', dockerfile('2'));
    folder.write('index.rb', 'two');
    await buildAgain(window);
    await expect(buildHeading(window, `${name} is built`)).toBeVisible({ timeout: 30_000 });

    await showPage(window, 'Builds');
    for (const box of await window.getByRole('checkbox', { name: `Select the build of ${name}` }).all()) await box.click();
    await window.getByRole('toolbar', { name: 'Selected builds' }).getByRole('button', { name: 'Compare' }).click();
    const why = window.getByRole('region', { name: 'Why they differ' });
    await expect(why).toContainText('VERSION');
    await expect(why).toContainText('index.rb');
    const steps = window.getByRole('region', { name: 'Step by step' });
    await expect(steps.getByRole('row').filter({ hasText: mark })).toHaveCount(1);
    await expect(steps).not.toContainText('not there');
    if (builder === 'BuildKit') await expect(steps).toContainText(`before: RUN echo ${mark} 1`);

    await window.getByRole('button', { name: 'Look into the layers' }).click();
    const answer = window.getByRole('article');
    await expect(answer).toBeInViewport({ ratio: 1 });
    await expect(answer).not.toContainText('do not say why');
    await expectNoViolations(window);
  });
}
