import { afterAll, beforeAll } from 'vitest';
import type { Engine } from '../../../tools/engine/engine.ts';
import { startEngine } from '../../../tools/engine/start-engine.ts';
import { startApp, type TestApp } from '../make-app.ts';
import { WorkFolder } from '../work-folder.ts';
import { kind } from './own-engine.ts';

/**
 * An engine for one file of tests alone, which remembers no builds of others and may be killed, and an app on it. It starts only if one of
 * the tests runs.
 */
export class FreshEngine {
  #engine: Engine | undefined;
  #app: TestApp | undefined;
  readonly #home = new WorkFolder();

  constructor() {
    beforeAll(() => this.#start());
    afterAll(() => this.#stop());
  }

  get engine(): Engine {
    if (!this.#engine) throw new Error('The engine starts before the first test.');
    return this.#engine;
  }

  get app(): TestApp {
    if (!this.#app) throw new Error('The app starts before the first test.');
    return this.#app;
  }

  /** Ends the app and starts it again, with what it kept. */
  async restartApp(): Promise<void> {
    await this.app[Symbol.asyncDispose]();
    await this.#startApp();
  }

  async #start(): Promise<void> {
    this.#engine = await startEngine({ kind });
    await this.engine.makeBaseImage();
    await this.#startApp();
  }

  async #startApp(): Promise<void> {
    this.#app = await startApp(this.engine.host, { folder: this.#home.file('app') });
  }

  async #stop(): Promise<void> {
    await this.#app?.[Symbol.asyncDispose]();
    await this.#engine?.stop();
    this.#home[Symbol.dispose]();
  }
}
