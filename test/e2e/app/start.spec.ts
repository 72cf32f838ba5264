import { expect, test } from '../../support/window/app.ts';

test('the app opens a window with its page and no error', async ({ launch }) => {
  const app = await launch();
  const window = await app.firstWindow();
  const errors: string[] = [];
  window.on('pageerror', (error) => errors.push(error.message));
  await expect(window.getByRole('main')).toBeVisible();
  expect(errors).toEqual([]);
  expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
});

test('a second start hands over to the first and ends', async ({ folder, launch }) => {
  const app = await launch({ home: folder });
  const window = await app.firstWindow();
  await expect(window.getByRole('main')).toBeVisible();
  // Playwright sees a process that ends before it has a window
  await expect(launch({ home: folder })).rejects.toThrow();
  expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
});
