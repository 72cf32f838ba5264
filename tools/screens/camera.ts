import { join } from 'node:path';
import type { Page } from '@playwright/test';

/** Takes each picture twice: once in light, once in dark. */
export class Camera {
  readonly page: Page;
  readonly #folder: string;
  #count: number;

  /** `count` pictures were taken before, by another camera. */
  constructor(page: Page, folder: string, count = 0) {
    this.#count = count;
    this.page = page;
    this.#folder = folder;
  }

  get count(): number {
    return this.#count;
  }

  async shoot(name: string): Promise<void> {
    this.#count += 1;
    for (const colorScheme of ['light', 'dark'] as const) {
      await this.page.emulateMedia({ colorScheme });
      await this.page.locator(`html[data-mantine-color-scheme=${colorScheme}]`).waitFor();
      const path = join(this.#folder, `${String(this.#count).padStart(2, '0')}-${name}-${colorScheme}.png`);
      await this.page.screenshot({ path, animations: 'disabled' });
    }
    await this.page.emulateMedia({ colorScheme: 'light' });
    console.log(`${this.#count}. ${name}`);
  }
}
