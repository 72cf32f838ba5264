import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Task, TaskRequest } from '../../contract/task.ts';
import { PartialFiles } from '../../main/archive/partial-files.ts';
import { BuildHistory } from '../../main/build/history/build-history.ts';
import type { Access } from '../../main/distribution/open-repository.ts';
import { EngineConnection } from '../../main/engine/connection.ts';
import { isInsecureFor } from '../../main/engine/insecure-registries.ts';
import { Grants } from '../../main/files/grants.ts';
import { readBuiltLayers } from '../../main/images/built-layers.ts';
import { ImageWatch } from '../../main/images/image-watch.ts';
import { LayerIndex } from '../../main/images/layer-index.ts';
import { Logins } from '../../main/logins/logins.ts';
import { RegistryWatch } from '../../main/registry/registry-watch.ts';
import { makeOperations } from '../../main/tasks/operations.ts';
import { TaskRunner } from '../../main/tasks/task-runner.ts';
import type { ForecastParts } from '../../main/transfer/forecast-push.ts';
import type { ReadLayers } from '../../main/transfer/image-layers.ts';
import { KnownBlobs } from '../../main/transfer/known-blobs.ts';
import { PackedLayers } from '../../main/transfer/packed-layers.ts';

/** Everything of main but the desktop, connected to a real engine. */
export class TestApp implements AsyncDisposable {
  readonly #folder: string;
  readonly host: string;
  readonly connection: EngineConnection;
  readonly grants = new Grants();
  readonly #layers = new LayerIndex();
  readonly images = new ImageWatch(this.#layers);
  readonly registry = new RegistryWatch();
  readonly history: BuildHistory;
  readonly partials: PartialFiles;
  readonly tasks: TaskRunner;
  builder: 'automatic' | 'classic' = 'automatic';
  readonly access: Access;
  readonly forecasts: ForecastParts;

  /** `folder` is the history's, for an app that is started once more. */
  constructor(host: string, { folder, logins = new Logins() }: { folder?: string; logins?: Logins } = {}) {
    this.host = host;
    this.access = { logins, isInsecure: (registry) => isInsecureFor(this.connection.engine, registry) };
    this.#folder = folder ?? mkdtempSync(join(tmpdir(), 'layerdeck-history-'));
    this.connection = new EngineConnection({ platform: process.platform, home: '/nonexistent', env: { DOCKER_HOST: host } });
    this.partials = new PartialFiles(join(this.#folder, 'partial-files.json'));
    this.history = new BuildHistory({ root: this.#folder, readLayers: readBuiltLayers });
    const readLayers: ReadLayers = (engine, id) => this.#layers.get(engine, id);
    this.forecasts = {
      access: this.access,
      readLayers,
      knownBlobs: new KnownBlobs(this.access, readLayers),
      packedLayers: new PackedLayers(),
    };
    this.tasks = new TaskRunner(
      makeOperations({
        engine: () => this.connection.engine,
        registry: () => this.registry.registry,
        settings: () => ({ theme: 'system', builder: this.builder, classicModes: 'automatic' }),
        grants: this.grants,
        history: this.history,
        access: this.access,
        partials: this.partials,
      }),
      ({ id, kind }) => (kind === 'build' ? this.history.logFile(id) : undefined),
    );
    this.tasks.on('task', (task) => this.history.notice(task));
    this.tasks.on('task', (task) => this.connection.current && void this.forecasts.knownBlobs.notice(task, this.connection.current));
    this.connection.on('state', () => {
      this.images.use(this.connection.current);
      this.registry.use(this.connection.current);
    });
    this.connection.on('event', (event) => {
      this.images.notice(event);
      this.registry.notice(event);
    });
    this.connection.on('following', () => this.images.touch());
    void this.connection.run();
  }

  /** Resolves when the condition holds; it is looked at whenever something changes. Rejects after `within` milliseconds. */
  async until(condition: () => boolean, within = 15_000): Promise<void> {
    const changed = new AbortController();
    let look = () => {};
    const holds = new Promise<void>((resolve) => {
      look = () => condition() && resolve();
      this.connection.on('state', look);
      this.images.on('list', look);
      this.registry.on('registry', look);
      this.tasks.on('task', look);
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
      this.registry.off('registry', look);
      this.tasks.off('task', look);
    }
  }

  async connected(): Promise<void> {
    await this.history.load();
    await this.until(() => this.connection.state.state === 'connected');
  }

  /** Starts a task and resolves when it has ended. */
  async run(request: TaskRequest): Promise<Task> {
    return this.ended(this.tasks.start(request));
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
    await this.tasks.close();
    await this.history.close();
    this.connection.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
