import type { Page } from '@playwright/test';

/** Drops files or folders on the middle of the window, as the desktop does: with their real paths. */
export async function dropFiles(page: Page, paths: string[]): Promise<void> {
  const protocol = await page.context().newCDPSession(page);
  const { x, y } = await page.evaluate(() => ({ x: window.innerWidth / 2, y: window.innerHeight / 2 }));
  const data = { items: [], files: paths, dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) await protocol.send('Input.dispatchDragEvent', { type, x, y, data });
  await protocol.detach();
}
