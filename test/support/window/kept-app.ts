import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ElectronApplication } from '@playwright/test';
import { launchApp } from '../../../tools/drive/launch-app.ts';

/** One app for all tests of a file: a start for each would double the time they take. */
export class KeptApp implements AsyncDisposable {
  readonly #host: string;
  #now: { file: string; home: string; app: ElectronApplication } | undefined;

  constructor(host: string) {
    this.#host = host;
  }

  /** The app of this spec file; the one of the file before is closed. */
  async of(file: string): Promise<ElectronApplication> {
    if (this.#now?.file === file) return this.#now.app;
    await this[Symbol.asyncDispose]();
    const home = await mkdtemp(join(tmpdir(), 'layerdeck-e2e-home-'));
    const app = await launchApp({ host: this.#host, home });
    this.#now = { file, home, app };
    return app;
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
