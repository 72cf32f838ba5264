import { join } from 'node:path';
import type { Page } from '@playwright/test';

/** Takes each picture twice: once in light, once in dark. */
export class Camera {
  readonly page: Page;
  readonly #folder: string;
  #count = 0;

  constructor(page: Page, folder: string) {
    this.page = page;
    this.#folder = folder;
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
