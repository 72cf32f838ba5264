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
  #now: { home: string; app: ElectronApplication; said: string[] } | undefined;

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
      const app = await launchApp({ host: this.#host, home });
      this.#now = { home, app, said: listenTo(app) };
    }
    return this.#now.app;
  }

  /** What the app's process has said, and how it ended if it did: a window that is gone can't tell why. */
  get lastWords(): string {
    return this.#now?.said.join('') ?? '';
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const before = this.#now;
    this.#now = undefined;
    if (!before) return;
    await closeApp(before.app);
    await rm(before.home, { recursive: true, force: true, maxRetries: 5 });
  }
}

function listenTo(app: ElectronApplication): string[] {
  const said: string[] = [];
  app.process().stderr?.on('data', (chunk: Buffer) => said.push(chunk.toString()));
  app.process().on('exit', (code, signal) => said.push(`It ended with ${signal ?? `code ${code}`}.\n`));
  return said;
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
