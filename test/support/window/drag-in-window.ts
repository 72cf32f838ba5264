import type { Locator, Page } from '@playwright/test';

/** Grabs something and moves it far enough for a drag to begin. */
export async function take(window: Page, what: Locator): Promise<void> {
  await what.hover();
  await window.mouse.down();
  const { x = 0, y = 0 } = (await what.boundingBox()) ?? {};
  await window.mouse.move(x + 60, y + 40, { steps: 4 });
}

/** Drops it on a target. */
export async function dropOn(window: Page, target: Locator): Promise<void> {
  await target.hover();
  await target.hover();
  await window.mouse.up();
}
