import { readdirSync } from 'node:fs';
import type { ElectronApplication } from '@playwright/test';
import { makeRandomImage } from '../../support/random-image.ts';
import { expect, test } from '../../support/window/app.ts';
import { save } from '../../support/window/archive-in-window.ts';
import { chooseBuilder, chooseFolder, startBuild, stepOf } from '../../support/window/build-in-window.ts';
import { containerCommands } from '../../support/window/read-engine.ts';
import { runningCommands } from '../../support/window/running-commands.ts';
import { untilPercent } from '../../support/window/transfer-in-window.ts';
import { WorkFolder } from '../../support/work-folder.ts';

/** Quits as the system's menu does; the question whether tasks may be stopped is recorded and gets this answer. */
const quit = (app: ElectronApplication, response: number): Promise<void> =>
  app.evaluate(({ app: own, dialog }, button) => {
    dialog.showMessageBox = async (...options: unknown[]) => {
      process.env.E2E_ASKED = JSON.stringify(options.at(-1));
      return { response: button, checkboxChecked: false };
    };
    // later, so that this call still gets its answer
    setTimeout(() => own.quit());
  }, response);

const asked = (app: ElectronApplication): Promise<string | undefined> => app.evaluate(() => process.env.E2E_ASKED);

test('while a task runs, the app asks before it quits, and can go on', async ({ launch }) => {
  const mark = `sleep ${1_000_000 + Math.floor(Math.random() * 1_000_000)}`;
  using folder = new WorkFolder({ Dockerfile: `FROM layerdeck/base:1\nRUN ${mark}\n` });
  const app = await launch();
  const window = await app.firstWindow();
  await chooseFolder(app, window, folder.path);
  await startBuild(window, 'e2e-quit:1');
  await expect(stepOf(window, mark)).toContainText('running');
  await expect.poll(() => runningCommands(mark)).not.toEqual([]);
  await quit(app, 1);
  await expect.poll(() => asked(app)).toContain('One task is still running');
  expect(await runningCommands(mark)).not.toEqual([]);
  await expect(stepOf(window, mark)).toContainText('running');
});

test('running tasks are stopped and cleaned up when the app quits', async ({ engine, launch }) => {
  const mark = `sleep ${1_000_000 + Math.floor(Math.random() * 1_000_000)}`;
  using folder = new WorkFolder({ Dockerfile: `FROM layerdeck/base:1\nRUN ${mark}\n` });
  using target = new WorkFolder();
  await makeRandomImage(engine.host, 'e2e-quit-save:1', 300_000_000);
  const app = await launch();
  const window = await app.firstWindow();
  await chooseFolder(app, window, folder.path);
  await startBuild(window, 'e2e-quit:2');
  await expect(stepOf(window, mark)).toContainText('running');
  await expect.poll(() => runningCommands(mark)).not.toEqual([]);
  await save(app, window, 'e2e-quit-save:1', target.file('x.tar'));
  await untilPercent(window, 3);
  const closed = app.waitForEvent('close');
  await quit(app, 0);
  await closed;
  expect(readdirSync(target.path)).toEqual([]);
  await expect.poll(() => runningCommands(mark)).toEqual([]);
  await expect.poll(() => containerCommands(engine)).not.toContainEqual(expect.stringContaining(mark));
  await engine.docker(['rmi', 'e2e-quit-save:1']);
});

test('settings are kept for the next start', async ({ launch, folder }) => {
  const first = await launch({ home: folder });
  const before = await first.firstWindow();
  await chooseBuilder(before, 'classic');
  await before.getByRole('button', { name: 'Theme' }).click();
  await before.getByRole('menuitemradio', { name: 'Dark' }).click();
  await expect(before.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark');
  await first.close();
  const window = await (await launch({ home: folder })).firstWindow();
  await expect(window.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark');
  await window.getByRole('button', { name: /^Engine:/ }).click();
  await expect(window.getByRole('radio', { name: 'Always the classic builder' })).toBeChecked();
});
