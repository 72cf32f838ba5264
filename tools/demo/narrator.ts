import { join, relative } from 'node:path';
import type { Page } from '@playwright/test';

/** Reports on the terminal what happens and how long it took, and takes pictures of it. */
export class Narrator {
  #count = 0;
  readonly #folder: string;
  readonly #begin = performance.now();

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Does one step. With a window, saves a picture of how it looks afterwards. */
  async step<T>(what: string, act: () => Promise<T>, window?: Page): Promise<T> {
    const begin = performance.now();
    const result = await act().catch(async (error: unknown) => {
      console.error(`${what}: this did not work.`);
      await window?.screenshot({ path: join(this.#folder, 'failed.png') });
      throw error;
    });
    this.#count += 1;
    const number = String(this.#count).padStart(2);
    console.log(`${number}. ${what.padEnd(64, ' ')} ${seconds(performance.now() - begin)}`);
    if (window) await window.screenshot({ path: join(this.#folder, `${number.trim().padStart(2, '0')}-${fileName(what)}.png`) });
    return result;
  }

  end(): void {
    console.log(
      `Done in ${seconds(performance.now() - this.#begin).trim()}. The pictures are in ${relative(process.cwd(), this.#folder)}/.`,
    );
  }
}

const seconds = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(1).padStart(5)} s`;

const fileName = (what: string): string =>
  what
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
