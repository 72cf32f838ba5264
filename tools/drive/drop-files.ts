import type { Page } from '@playwright/test';

type Place = { x: number; y: number };

/** Where files are let go, and what happens while they are over it. */
type HowToDrop = { at?: Place; whileOver?: () => Promise<void> };

/** Drops files or folders on the window, on its middle unless told, as the desktop does: with their real paths. */
export async function dropFiles(page: Page, paths: string[], { at, whileOver }: HowToDrop = {}): Promise<void> {
  const protocol = await page.context().newCDPSession(page);
  const place = at ?? (await page.evaluate(() => ({ x: window.innerWidth / 2, y: window.innerHeight / 2 })));
  const data = { items: [], files: paths, dragOperationsMask: 1 };
  const send = (type: 'dragEnter' | 'dragOver' | 'drop') => protocol.send('Input.dispatchDragEvent', { type, ...place, data });
  await send('dragEnter');
  await send('dragOver');
  await whileOver?.();
  await send('drop');
  await protocol.detach();
}
