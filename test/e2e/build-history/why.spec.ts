import { chmodSync } from 'node:fs';
import { expect, test } from '../../support/window/app.ts';
import {
  buildAgain,
  builders,
  buildHeading,
  chooseBuilder,
  chooseFolder,
  startBuild,
  stepOf,
  why,
} from '../../support/window/build-in-window.ts';
import { WorkFolder } from '../../support/work-folder.ts';

for (const builder of builders) {
  test.describe(`with ${builder}`, () => {
    test.beforeEach(({ window }) => chooseBuilder(window, builder));

    test('the content of one file, the mode of another: the step says which, and what followed', async ({ app, window }) => {
      const name = `e2e-why-${builder.toLowerCase()}:1`;
      using folder = new WorkFolder({
        Dockerfile: `FROM layerdeck/base:1\nRUN echo ${Math.random()}\nCOPY src /app\nRUN echo last\n`,
        'src/app.py': 'print(1)\n',
        'src/run.sh': 'python app.py\n',
      });
      chmodSync(folder.file('src/run.sh'), 0o644);
      await chooseFolder(app, window, folder.path);
      await startBuild(window, name);
      await expect(buildHeading(window, `${name} is built`)).toBeVisible();
      await expect(window.getByRole('button', { name: /^Why was step/ })).toHaveCount(0);

      await buildAgain(window);
      await expect(stepOf(window, 'COPY src /app')).toContainText('from cache');
      await expect(buildHeading(window, `${name} is built`)).toBeVisible();
      await expect(window.getByRole('button', { name: /^Why was step/ })).toHaveCount(0);

      folder.write('src/app.py', 'print(2)\n');
      chmodSync(folder.file('src/run.sh'), 0o755);
      await buildAgain(window);
      await stepOf(window, 'COPY src /app')
        .getByRole('button', { name: /^Why was step/ })
        .click();
      await expect(why(window)).toContainText(/It saw 2\schanges in your files/);
      await expect(why(window).getByRole('listitem').filter({ hasText: 'src/app.py' })).toContainText('content');
      const mode = why(window).getByRole('listitem').filter({ hasText: 'src/run.sh' });
      await expect(mode).toContainText('mode 644 → 755');
      await expect(mode).toContainText('can now be run');
      await expect(why(window)).toContainText('follows it, so it is built again, too');
      await expect(why(window)).toContainText('Inferred');

      await stepOf(window, 'RUN echo last')
        .getByRole('button', { name: /^Why was step/ })
        .click();
      await expect(why(window)).toContainText('It builds on step');
      await why(window).getByRole('button', { name: 'Compare the two builds' }).click();
      await expect(window.getByRole('heading', { name: /2\sbuilds compared/ })).toBeVisible();
      await expect(window.getByRole('region', { name: 'Why they differ' })).toContainText('src/app.py');
      await expect(window.getByRole('region', { name: 'Cache matrix' })).toContainText('diverge here');
    });

    test('a line of the Dockerfile and a build argument', async ({ app, window }) => {
      const name = `e2e-why-line-${builder.toLowerCase()}:1`;
      const dockerfile = `FROM layerdeck/base:1\nARG COLOUR=grey\nRUN echo ${Math.random()} one\nRUN echo $COLOUR\nRUN echo three\n`;
      using folder = new WorkFolder({ Dockerfile: dockerfile });
      await chooseFolder(app, window, folder.path);
      await startBuild(window, name);
      await expect(buildHeading(window, `${name} is built`)).toBeVisible();

      folder.write('Dockerfile', dockerfile.replace('RUN echo $COLOUR', 'RUN echo the colour $COLOUR'));
      await buildAgain(window);
      await stepOf(window, 'the colour')
        .getByRole('button', { name: /^Why was step/ })
        .click();
      await expect(why(window)).toContainText('Its line in the Dockerfile changed');
      await expect(why(window)).toContainText('Before: RUN echo $COLOUR');
      await expect(why(window)).toContainText('Now: RUN echo the colour $COLOUR');

      await window.getByRole('button', { name: 'Change…' }).click();
      await window.getByRole('dialog').getByText('Options and build arguments').click();
      await window.getByRole('dialog').getByLabel('COLOUR').fill('red');
      await window.getByRole('dialog').getByRole('button', { name: 'Build', exact: true }).click();
      await stepOf(window, /\d one/)
        .getByRole('button', { name: /^Why was step/ })
        .click();
      await expect(why(window)).toContainText('The build argument COLOUR has another value');
      await expect(why(window)).toContainText('COLOUR=red');
    });

    test('a file added, a base image whose name another image took, a cache that was pruned', async ({ engine, app, window }) => {
      const name = `e2e-why-else-${builder.toLowerCase()}:1`;
      const base = `e2e-why-base-${builder.toLowerCase()}:1`;
      const makeBase = () =>
        engine.docker(['build', '--tag', base, '-'], { input: `FROM layerdeck/base:1\nRUN echo ${Math.random()} > /mark\n` });
      await makeBase();
      using folder = new WorkFolder({ Dockerfile: `FROM ${base}\nCOPY src /app\nRUN echo last\n`, 'src/a.txt': 'a' });
      await chooseFolder(app, window, folder.path);
      await startBuild(window, name);
      await expect(buildHeading(window, `${name} is built`)).toBeVisible();
      const again = async (step: string) => {
        await buildAgain(window);
        await expect(buildHeading(window, `${name} is built`)).toBeVisible();
        await stepOf(window, step)
          .getByRole('button', { name: /^Why was step/ })
          .click();
      };

      folder.write('src/new.txt', 'new');
      await again('COPY src /app');
      await expect(why(window).getByRole('listitem').filter({ hasText: 'src/new.txt' })).toContainText('added');

      await makeBase();
      await again('COPY src /app');
      await expect(why(window)).toContainText(`${base} is another image now`);

      await engine.docker(['image', 'rm', '--force', name]);
      await engine.docker(builder === 'classic' ? ['image', 'prune', '--force'] : ['builder', 'prune', '--all', '--force']);
      await again('COPY src /app');
      // the steps of the classic builder are the image's own, and went with it
      const gone = builder === 'classic' ? 'The image of the last build was removed' : 'The engine’s cache was cleaned';
      await expect(why(window)).toContainText(gone);
    });

    test('a step that failed, and its retry', async ({ app, window }) => {
      const name = `e2e-why-retry-${builder.toLowerCase()}:1`;
      using folder = new WorkFolder({
        Dockerfile: `FROM layerdeck/base:1\nRUN echo ${Math.random()}\nCOPY a.txt /\nRUN test -s /a.txt\n`,
        'a.txt': '',
      });
      await chooseFolder(app, window, folder.path);
      await startBuild(window, name);
      await expect(buildHeading(window, `${name} was not built`)).toBeVisible();
      folder.write('a.txt', 'mended');
      await buildAgain(window, 'Try again');
      await expect(buildHeading(window, `${name} is built`)).toBeVisible();
      await stepOf(window, 'RUN test')
        .getByRole('button', { name: /^Why was step/ })
        .click();
      await expect(why(window)).toContainText('It builds on step');
      await stepOf(window, 'COPY a.txt')
        .getByRole('button', { name: /^Why was step/ })
        .click();
      await expect(why(window).getByRole('listitem').filter({ hasText: 'a.txt' })).toContainText('content');
    });
  });
}
