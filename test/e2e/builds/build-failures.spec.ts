import { expect, test } from '../../support/window/app.ts';
import {
  buildAgain,
  builders,
  buildHeading,
  chooseBuilder,
  chooseFolder,
  showLog,
  startBuild,
  stepOf,
} from '../../support/window/build-in-window.ts';
import { showPage } from '../../support/window/find-in-window.ts';
import { containerCommands, imageId } from '../../support/window/read-engine.ts';
import { runningCommands } from '../../support/window/running-commands.ts';
import { WorkFolder } from '../../support/work-folder.ts';

for (const builder of builders) {
  test.describe(`with ${builder}`, () => {
    test.beforeEach(({ window }) => chooseBuilder(window, builder));

    test('a step that fails is named with its exit code, and is built again once it is fixed', async ({ engine, app, window }) => {
      const name = `e2e-mended-${builder.toLowerCase()}:1`;
      const mark = `mark-${Math.random()}`;
      using folder = new WorkFolder({ Dockerfile: `FROM layerdeck/base:1\nRUN echo ${mark} && exit 7\n` });
      const before = await containerCommands(engine);
      await chooseFolder(app, window, folder.path);
      await startBuild(window, name);
      await expect(buildHeading(window, `${name} was not built`)).toBeVisible();
      const failure = window.getByRole('alert').filter({ hasText: 'A step of the build failed with exit code 7' });
      await expect(failure).toContainText(mark);
      await expect(stepOf(window, mark)).toContainText('failed');
      await expect(window.getByRole('region', { name: 'Dockerfile' }).locator('[aria-current="step"]')).toContainText('exit 7');
      await failure.getByRole('button', { name: 'Show the whole log' }).click();
      await expect(await showLog(window)).toContainText(mark);
      expect(await imageId(engine, name)).toBe('');
      expect(await containerCommands(engine)).toEqual(before);

      folder.write('Dockerfile', `FROM layerdeck/base:1\nRUN echo ${mark} > /mended\n`);
      await buildAgain(window);
      await expect(buildHeading(window, `${name} is built`)).toBeVisible();
      expect((await engine.docker(['run', '--rm', name, 'cat', '/mended'])).trim()).toBe(mark);
    });

    test('a mistake in the Dockerfile is named', async ({ engine, app, window }) => {
      using folder = new WorkFolder({ Dockerfile: 'FROM layerdeck/base:1\nRUNN echo\n' });
      await chooseFolder(app, window, folder.path);
      await startBuild(window, 'e2e-mistake:1');
      await expect(buildHeading(window, 'e2e-mistake:1 was not built')).toBeVisible();
      await expect(window.getByRole('alert').filter({ hasText: 'The Dockerfile has' })).toContainText(/line 2|RUNN/i);
      expect(await imageId(engine, 'e2e-mistake:1')).toBe('');
    });

    test('a build is stopped in its first moment', async ({ engine, app, window }) => {
      using folder = new WorkFolder({ Dockerfile: `FROM layerdeck/base:1\nRUN sleep 5 && echo ${Math.random()}\n` });
      await chooseFolder(app, window, folder.path);
      await startBuild(window, 'e2e-early:1');
      await window.getByRole('button', { name: 'Stop', exact: true }).click();
      await expect(buildHeading(window, 'The build of e2e-early:1 was stopped')).toBeVisible();
      expect(await imageId(engine, 'e2e-early:1')).toBe('');
    });

    test('a build is stopped in the middle of a RUN, and nothing of it goes on', async ({ engine, app, window }) => {
      const name = `e2e-middle-${builder.toLowerCase()}:1`;
      const mark = `sleep ${1_000_000 + Math.floor(Math.random() * 1_000_000)}`;
      using folder = new WorkFolder({ Dockerfile: `FROM layerdeck/base:1\nRUN ${mark}\n` });
      await chooseFolder(app, window, folder.path);
      await startBuild(window, name);
      await expect(stepOf(window, mark)).toContainText('running');
      await expect.poll(() => runningCommands(mark)).not.toEqual([]);
      await window.getByRole('button', { name: 'Stop', exact: true }).click();
      await expect(buildHeading(window, `The build of ${name} was stopped`)).toBeVisible();
      await expect.poll(() => runningCommands(mark)).toEqual([]);
      await expect.poll(() => containerCommands(engine)).not.toContainEqual(expect.stringContaining(mark));
      expect(await imageId(engine, name)).toBe('');
      await showPage(window, 'Builds');
      await expect(window.getByRole('listitem', { name: `Build ${name}` })).toContainText('Stopped');
    });
  });
}

test('the Dockerfile of a failed build is shown in its folder, and nothing of the project is opened', async ({ app, window }) => {
  using folder = new WorkFolder({ 'Dockerfile.bat': 'FROM layerdeck/base:1\nRUNN echo\n' });
  await app.evaluate(({ shell }) => {
    process.env.LAYERDECK_E2E_SHOWN = '';
    shell.showItemInFolder = (path) => {
      process.env.LAYERDECK_E2E_SHOWN += path;
    };
    shell.openPath = async (path) => {
      process.env.LAYERDECK_E2E_SHOWN += `opened ${path}`;
      return '';
    };
  });
  await chooseFolder(app, window, folder.path);
  await startBuild(window, 'e2e-shown:1');
  await window.getByRole('button', { name: 'Show the Dockerfile in its folder' }).click();
  await expect.poll(() => app.evaluate(() => process.env.LAYERDECK_E2E_SHOWN)).toBe(folder.file('Dockerfile.bat'));
});
