import { expect } from 'vitest';
import type { Builder } from '../../contract/engine.ts';
import type { TaskRequest } from '../../contract/task.ts';
import { forecastPull } from '../../main/features/transfer/forecast-pull.ts';
import { forecastPush } from '../../main/features/transfer/forecast-push.ts';
import { dockerArchive, makeLayer } from '../../tools/record/made-archive.ts';
import type { TestApp } from './make-app.ts';
import { WorkFolder } from './work-folder.ts';

/**
 * Everything that the app does with an engine, once: builds, looks, tags, publishes, removes, gets, saves, loads and imports.
 * `registry` is one that the engine reaches without TLS.
 */
export async function makeRoundTrip(app: TestApp, registry: string, builders: Builder[]): Promise<void> {
  using files = new WorkFolder();
  const base = `${registry}/it-trip/base:1`;
  const built = `${registry}/it-trip/built:1`;
  files.write('base.tar', await dockerArchive([base], [await makeLayer(30_000)]));
  await succeed(app, { kind: 'load', archive: app.readable(files.file('base.tar')) });
  await succeed(app, { kind: 'push', references: [base], to: 'own-registry' });
  let image = '';
  for (const builder of builders) {
    app.builder = builder === 'buildkit' ? 'automatic' : builder;
    using folder = new WorkFolder({ Dockerfile: `FROM ${base}\nCOPY a /a\nLABEL by=${builder}\n`, a: String(Math.random()) });
    const order = { folder: app.readable(folder.path), dockerfile: 'Dockerfile', references: [built] };
    const task = await succeed(app, { kind: 'build', ...order });
    expect(task.progress.build?.builder).toBe(builder);
    image = task.result?.kind === 'build' ? task.result.imageId : '';
  }
  const { engine } = app.connection;
  await forecastPush(engine, { reference: built, target: built }, app.forecasts);
  await succeed(app, { kind: 'push', references: [built], to: 'own-registry' });
  await succeed(app, { kind: 'tag', image, reference: `${registry}/it-trip/again:1` });
  await succeed(app, { kind: 'untag', reference: `${registry}/it-trip/again:1` });
  await succeed(app, { kind: 'save', references: [built], target: app.writable(files.file('saved.tar')) });
  await succeed(app, { kind: 'remove', images: [image] });
  await forecastPull(engine, { reference: built }, app.forecasts);
  await succeed(app, { kind: 'pull', reference: built });
  await succeed(app, { kind: 'load', archive: app.readable(files.file('saved.tar')) });
  await succeed(app, { kind: 'import', archive: app.readable(files.file('saved.tar')), reference: `${registry}/it-trip/imported:1` });
}

/** Runs a task that has to succeed. */
export async function succeed(app: TestApp, request: TaskRequest) {
  const task = await app.run(request);
  expect(task, JSON.stringify(task.failure)).toMatchObject({ kind: request.kind, state: 'succeeded' });
  return task;
}
