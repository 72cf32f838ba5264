import { expect, test } from './app.ts';

test('the app opens a window with its page and no error', async ({ app, window }) => {
  const errors: string[] = [];
  window.on('pageerror', (error) => errors.push(error.message));
  await expect(window.getByRole('main')).toBeVisible();
  expect(errors).toEqual([]);
  expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
});

test('a second start hands over to the first and ends', async ({ app, window, folder, launch }) => {
  await expect(window.getByRole('main')).toBeVisible();
  // Playwright sees a process that ends before it has a window.
  await expect(launch({ home: folder })).rejects.toThrow();
  expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
});
