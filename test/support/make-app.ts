import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { createRouterClient } from '@orpc/server';
import type { Task, TaskRequest } from '../../contract/task.ts';
import { type App, makeApp } from '../../main/app.ts';
import type { Machine } from '../../main/foundation/engine/candidates.ts';
import type { Lock } from '../../main/foundation/registries/logins/keychain.ts';
import type { DesktopParts } from '../../main/procedures/router.ts';

type Builder = App['settings']['settings']['builder'];

type StartOptions = {
  /** Where the app stores everything, for an app that is started again. */
  folder?: string;
  /** Locks away what the app keeps of logins. */
  lock?: Lock;
  builder?: Builder;
  /** A home with docker contexts, which then lead to the engine. */
  home?: string;
  /** Where to look for engines, in place of everything else. */
  machine?: Machine;
  /** In place of the system's own. */
  hostsFile?: string;
  /** Environment besides, such as that of a client of SSH. */
  env?: Record<string, string>;
};

/** The app, without a desktop, connected to a real engine. */
export class TestApp implements AsyncDisposable {
  readonly #folder: string;
  readonly #isOwnFolder: boolean;
  readonly #app: App;
  readonly host: string;

  constructor(host: string, { folder, lock = noLock, home, env, hostsFile, machine: given }: StartOptions = {}) {
    this.host = host;
    this.#isOwnFolder = folder === undefined;
    this.#folder = folder ?? mkdtempSync(join(tmpdir(), 'layerdeck-app-'));
    const machine = given ?? {
      platform: process.platform,
      home: home ?? '/nonexistent',
      env: { ...env, ...(home === undefined && { DOCKER_HOST: host }) },
    };
    this.#app = makeApp({ folder: this.#folder, licences: '/nonexistent', machine, lock, hostsFile, desktop: () => noDesktop });
    void this.connection.run();
  }

  get connection() {
    return this.#app.connection;
  }

  get grants() {
    return this.#app.grants;
  }

  get shelves() {
    return this.#app.shelves;
  }

  get disk() {
    return this.#app.disk;
  }

  look(place: string) {
    return this.#app.places.look(place, false, undefined);
  }

  get questions() {
    return this.#app.questions;
  }

  get settings() {
    return this.#app.settings;
  }

  get images() {
    return this.#app.images;
  }

  get registry() {
    return this.#app.registry;
  }

  get registryBook() {
    return this.#app.registryBook;
  }

  get history() {
    return this.#app.history;
  }

  get others() {
    return this.#app.others;
  }

  get tasks() {
    return this.#app.tasks;
  }

  get partials() {
    return this.#app.partials;
  }

  get access() {
    return this.#app.access;
  }

  get forecasts() {
    return this.#app.forecasts;
  }

  /** What the window may ask about the files of images, checked as what the window sends. */
  get layerFiles() {
    return createRouterClient(this.#app.router).layerFiles;
  }

  /** What the window may ask about images that are tried. */
  get trials() {
    return createRouterClient(this.#app.router).trials;
  }

  get tried() {
    return this.#app.trials;
  }

  /** What the window may ask about images. */
  get imageAnswers() {
    return createRouterClient(this.#app.router).images;
  }

  /** The same about two images. */
  get compare() {
    return createRouterClient(this.#app.router).compare;
  }

  /** What the window may ask about registries on this computer, checked as what the window sends. */
  get registries() {
    return createRouterClient(this.#app.router).localRegistry;
  }

  /** What the window may ask about files and receipts, checked as what the window sends. */
  get archives() {
    return createRouterClient(this.#app.router).archives;
  }

  /** Where images come from. */
  get origin() {
    return createRouterClient(this.#app.router).origin;
  }

  get newer() {
    return this.#app.newer;
  }

  get tagMoves() {
    return this.#app.tagMoves;
  }

  /** What the window may ask about tags, checked as what the window sends. */
  get tags() {
    return createRouterClient(this.#app.router).tags;
  }

  /** What the window may ask about what is in registries, checked as what the window sends. */
  get registryBrowse() {
    return createRouterClient(this.#app.router).registry;
  }

  /** How one signs in and out in the window. */
  get signing() {
    return createRouterClient(this.#app.router).logins;
  }

  get logins() {
    return this.#app.logins;
  }

  get builder(): Builder {
    return this.#app.settings.settings.builder;
  }

  set builder(builder: Builder) {
    void this.#app.settings.change({ builder });
  }

  /** Resolves when the condition holds; it is checked whenever something changes. Rejects after `within` milliseconds. */
  async until(condition: () => boolean, within = 15_000): Promise<void> {
    const changed = new AbortController();
    let look = () => {};
    const holds = new Promise<void>((resolve) => {
      look = () => condition() && resolve();
      this.connection.on('state', look);
      this.images.on('list', look);
      this.shelves.on('beside', look);
      this.shelves.on('left', look);
      this.registry.on('registry', look);
      this.registry.on('others', look);
      this.tasks.on('task', look);
      this.questions.on('open', look);
      this.tagMoves.on('moved', look);
      this.tried.watch.on('trials', look);
      look();
    });
    const late = wait(within, undefined, { signal: changed.signal }).then(() => {
      throw new Error(`not within ${within} ms: ${condition}; tasks: ${JSON.stringify(this.tasks.tasks)}`);
    });
    late.catch(() => {});
    try {
      await Promise.race([holds, late]);
    } finally {
      changed.abort();
      this.connection.off('state', look);
      this.images.off('list', look);
      this.shelves.off('beside', look);
      this.shelves.off('left', look);
      this.registry.off('registry', look);
      this.registry.off('others', look);
      this.tasks.off('task', look);
      this.questions.off('open', look);
      this.tagMoves.off('moved', look);
      this.tried.watch.off('trials', look);
    }
  }

  async loaded(): Promise<void> {
    await this.#app.load();
  }

  async connected(): Promise<void> {
    await this.loaded();
    await this.until(() => this.connection.state.state === 'connected');
  }

  /** Starts a task and resolves when it has ended. */
  async run(request: TaskRequest, at?: string): Promise<Task> {
    return this.ended(this.tasks.start(request, at));
  }

  async ended(id: string, within = 60_000): Promise<Task> {
    await this.until(() => this.tasks.task(id).endedAt !== undefined, within);
    return this.tasks.task(id);
  }

  readable(path: string): string {
    return this.grants.grant(path, 'read');
  }

  writable(path: string): string {
    return this.grants.grant(path, 'write');
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#app.close();
    if (this.#isOwnFolder) rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** An app on an engine that answers. */
export async function startApp(host: string, { builder, ...options }: StartOptions = {}): Promise<TestApp> {
  const app = new TestApp(host, options);
  await app.connected();
  if (builder) app.builder = builder;
  return app;
}

const noLock: Lock = {
  isThere: async () => false,
  seal: async () => {
    throw new Error('there is no keychain');
  },
  open: async () => {
    throw new Error('there is no keychain');
  },
};

const nobodyAnswers = async (): Promise<never> => {
  throw new Error('there is no desktop');
};

const noDesktop: DesktopParts = {
  dialogs: {
    chooseFolder: nobodyAnswers,
    chooseFile: nobodyAnswers,
    chooseArchives: nobodyAnswers,
    chooseSaveTarget: nobodyAnswers,
    chooseLogTarget: nobodyAnswers,
    chooseReceipt: nobodyAnswers,
    chooseReceiptTarget: nobodyAnswers,
    chooseCertificateTarget: nobodyAnswers,
    chooseCopyTarget: nobodyAnswers,
    chooseRegistryFolder: nobodyAnswers,
  },
  desktop: { reveal: nobodyAnswers, drag: nobodyAnswers, copy: nobodyAnswers, openInBrowser: nobodyAnswers },
};
