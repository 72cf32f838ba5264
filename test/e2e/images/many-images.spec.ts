import type { Page } from '@playwright/test';
import { expect, test } from '../../support/window/app.ts';
import { rowOf, rowsIn, search } from '../../support/window/find-in-window.ts';
import { archiveOf } from '../../support/window/made-images.ts';
import { allImageIds } from '../../support/window/read-engine.ts';

const number = 300;
const images = Array.from({ length: number }, (_, index) => ({
  reference: `e2e-many:${index + 1}`,
  bytes: 1000,
  createdAt: new Date(Date.UTC(2020, 0, 1, 0, index)),
}));
/** More rows than fit in a window, far fewer than there are. */
const inPageAtMost = 40;

/** Name and place of each row that is in the page. */
const placed = (window: Page): Promise<[name: string, place: number][]> =>
  rowsIn(window).evaluateAll((rows) =>
    rows.map((row) => [row.getAttribute('aria-label') ?? '', Number(row.getAttribute('aria-rowindex'))] as [string, number]),
  );

test.beforeAll(async ({ engine }) => {
  await engine.docker(['load'], { input: await archiveOf(images) });
});

test('with hundreds of images, only those in sight are in the page, each with its true place', async ({ engine, window }) => {
  const table = window.getByRole('table', { name: 'Images' });
  await expect(table).toHaveAttribute('aria-rowcount', String((await allImageIds(engine)).length + 1));
  await search(window, 'e2e-many');
  await expect(table).toHaveAttribute('aria-rowcount', String(number + 1));
  await window.getByRole('columnheader', { name: 'Image' }).getByRole('button').click();

  for (const [key, name] of [
    ['Home', 'e2e-many:1'],
    ['End', 'e2e-many:300'],
    ['ArrowUp', 'e2e-many:299'],
  ] as const) {
    await window.locator('tbody tr[tabindex="0"]').focus();
    await window.keyboard.press(key);
    await expect(rowOf(window, name)).toBeFocused();
    await expect(rowOf(window, name)).toBeInViewport({ ratio: 1 });
    const rows = await placed(window);
    expect(rows.length).toBeLessThan(inPageAtMost);
    expect(rows).toEqual(rows.map(([each]) => [each, Number(each.split(':')[1]) + 1]));
  }
});

test('rows come into the page when scrolled to', async ({ window }) => {
  await search(window, 'e2e-many');
  await window.getByRole('columnheader', { name: 'Image' }).getByRole('button').click();
  await expect(rowOf(window, 'e2e-many:1')).toBeInViewport();
  await expect(rowOf(window, 'e2e-many:150')).toHaveCount(0);
  await window.getByRole('table', { name: 'Images' }).evaluate((table) => {
    const box = table.parentElement;
    if (box) box.scrollTop = box.scrollHeight / 2;
  });
  await expect(rowOf(window, 'e2e-many:150')).toBeInViewport();
  await expect(rowOf(window, 'e2e-many:150')).toHaveAttribute('aria-rowindex', '151');
  expect((await placed(window)).length).toBeLessThan(inPageAtMost);
});
