import { expect, test } from '../../support/window/app.ts';
import { builders, buildHeading, chooseBuilder, chooseFolder, selectBuilds, startBuild } from '../../support/window/build-in-window.ts';
import { expectNoViolations } from '../../support/window/expect-no-violations.ts';
import { dialogOf, showPage } from '../../support/window/find-in-window.ts';
import { WorkFolder } from '../../support/work-folder.ts';

for (const builder of builders) {
  test(`${builder}: two builds show every cause and every step, and the answer about the layers is in view`, async ({ app, window }) => {
    const name = `e2e-pair-${builder.toLowerCase()}:1`;
    const mark = `mark-${Math.random()}`;
    const dockerfile = `FROM layerdeck/base:1\nARG VERSION\nRUN echo ${mark} $VERSION > /version\nCOPY index.rb /app/\nRUN cat /app/index.rb > /last\n`;
    using folder = new WorkFolder({ Dockerfile: dockerfile, 'index.rb': 'one' });
    await chooseBuilder(window, builder);
    const build = async (version: string) => {
      await chooseFolder(app, window, folder.path);
      await dialogOf(window).getByText('Options and build arguments').click();
      await dialogOf(window).getByLabel('VERSION').fill(version);
      await startBuild(window, name);
    };
    await build('1');
    await expect(buildHeading(window, `${name} is built`)).toBeVisible({ timeout: 30_000 });
    folder.write('index.rb', 'two');
    await build('2');
    // the earlier build also says “is built”
    await expect(window.getByRole('button', { name: /^Why was step/ })).not.toHaveCount(0);
    await expect(buildHeading(window, `${name} is built`)).toBeVisible({ timeout: 30_000 });

    await showPage(window, 'Builds');
    await selectBuilds(window, name, 2);
    await window.getByRole('toolbar', { name: 'Selected builds' }).getByRole('button', { name: 'Compare' }).click();
    const why = window.getByRole('region', { name: 'Why they differ' });
    await expect(why).toContainText('VERSION');
    await expect(why).toContainText('index.rb');
    const steps = window.getByRole('region', { name: 'Step by step' });
    await expect(steps.getByRole('row').filter({ hasText: mark })).toHaveCount(1);
    await expect(steps).not.toContainText('not in this build');
    if (builder === 'BuildKit') await expect(steps).toContainText(`before: RUN echo ${mark} 1`);

    await window.getByRole('button', { name: 'Look into the layers' }).click();
    const answer = window.getByRole('article');
    await expect(answer).toBeInViewport({ ratio: 1 });
    // the cause stands above; newer BuildKits write arguments into an image's history, and there it is
    await expect(answer).toContainText(
      /which was run for each of the two\.(?! The layers don’t say why)|“ARG VERSION=1” in .+, “ARG VERSION=2” here/,
    );
    await expectNoViolations(window);
  });
}
