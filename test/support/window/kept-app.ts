import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ElectronApplication } from '@playwright/test';
import { launchApp } from '../../../tools/drive/launch-app.ts';

/** One app for all tests of a file: a start for each would double the time they take. */
export class KeptApp implements AsyncDisposable {
  readonly #host: string;
  readonly #tidy: () => Promise<void>;
  #file: string | undefined;
  #now: { home: string; app: ElectronApplication } | undefined;

  /** `tidy` runs between the files, while no app is open. */
  constructor(host: string, tidy: () => Promise<void>) {
    this.#host = host;
    this.#tidy = tidy;
  }

  /** Closes the app of the file before, if there was another one. */
  async beginFile(file: string): Promise<void> {
    if (this.#file === file) return;
    await this[Symbol.asyncDispose]();
    if (this.#file !== undefined) await this.#tidy();
    this.#file = file;
  }

  /** The app of this file. */
  async open(): Promise<ElectronApplication> {
    if (!this.#now) {
      const home = await mkdtemp(join(tmpdir(), 'layerdeck-e2e-home-'));
      this.#now = { home, app: await launchApp({ host: this.#host, home }) };
    }
    return this.#now.app;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const before = this.#now;
    this.#now = undefined;
    if (!before) return;
    await closeApp(before.app);
    await rm(before.home, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Closes the app without being asked whether its tasks may be stopped. */
export async function closeApp(app: ElectronApplication): Promise<void> {
  const hasWindow = app.windows().some((window) => !window.isClosed());
  if (hasWindow) {
    await app.evaluate(({ dialog }) => {
      dialog.showMessageBox = async () => ({ response: 0, checkboxChecked: false });
    });
  }
  await app.close();
}
