import { makeRandomImage } from '../../support/random-image.ts';
import { expect, test } from '../../support/window/app.ts';
import { load } from '../../support/window/archive-in-window.ts';
import { dialogOf } from '../../support/window/find-in-window.ts';
import { imageId } from '../../support/window/read-engine.ts';
import { WorkFolder } from '../../support/work-folder.ts';

test('a file the app is started with, and one that a second start brings, are shown and loaded', async ({ engine, launch }) => {
  using files = new WorkFolder();
  for (const name of ['first', 'second']) {
    await makeRandomImage(engine.host, `e2e-opened:${name}`, 1000);
    await engine.docker(['save', '--output', files.file(`${name}.tar`), `e2e-opened:${name}`]);
    await engine.docker(['rmi', `e2e-opened:${name}`]);
  }
  const app = await launch({ files: [files.file('first.tar')] });
  const window = await app.firstWindow();
  await expect(dialogOf(window).getByRole('list', { name: 'To load' })).toContainText('first.tar');
  await load(window);
  await expect.poll(() => imageId(engine, 'e2e-opened:first')).not.toBe('');

  // the second start ends before it has a window, which Playwright calls a failure
  await expect(launch({ files: [files.file('second.tar')] })).rejects.toThrow();
  await expect(dialogOf(window).getByRole('list', { name: 'To load' })).toContainText('second.tar');
  await load(window);
  await expect.poll(() => imageId(engine, 'e2e-opened:second')).not.toBe('');
  expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
});
