import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Engine } from '../../tools/engine/engine.ts';
import { startEngine } from '../../tools/engine/start-engine.ts';
import { openIndexed, readAll } from '../support/layer-files/read-indexed.ts';
import { listTar, withoutAdded } from '../support/layer-files/seen-files.ts';
import { startApp } from '../support/make-app.ts';
import { runRegistry } from '../support/run-registry.ts';
import { WorkFolder } from '../support/work-folder.ts';

// Layers that bring a list of their files along (zstd:chunked), as Podman pushes them.

const folder = new WorkFolder();
let engine: Engine;
let registry: Awaited<ReturnType<typeof runRegistry>>;
const large = randomBytes(6_000_000);

beforeAll(async () => {
  engine = await startEngine({ kind: 'podman-5' });
  registry = await runRegistry();
  for (const [name, content] of Object.entries({
    'in/etc/conf': 'a=b\n',
    'in/data/large': large,
    'in/data/empty': '',
    'in/data/grün': 'x'.repeat(3000),
  }))
    folder.write(name, content);
  mkdirSync(folder.file('in/data/deep/er'), { recursive: true });
  const at = (name: string) => folder.file(`in/data/${name}`);
  execFileSync('ln', [at('large'), at('hard')]);
  execFileSync('ln', ['-s', '../etc/conf', at('sym')]);
  execFileSync('mkfifo', [at('pipe')]);
  execFileSync('chown', ['1000:100', at('grün')]);
  execFileSync('chmod', ['4750', at('grün')]);
  writeFileSync(at('run'), '#!/bin/sh\n', { mode: 0o755 });
  execFileSync('tar', [
    '--create',
    '--format=posix',
    '--sort=name',
    '--file',
    folder.file('root.tar'),
    '--directory',
    folder.file('in'),
    'data',
    'etc',
  ]);
  await engine.docker(['import', folder.file('root.tar'), 'listed:1']);
  // docker's own way to push has no such form
  const query = new URLSearchParams({
    destination: `${registry.address}/listed:1`,
    format: 'oci',
    compressionFormat: 'zstd:chunked',
    forceCompressionFormat: 'true',
    tlsVerify: 'false',
  });
  const pushed = await requestText(engine, `/v5.0.0/libpod/images/${encodeURIComponent('docker.io/library/listed:1')}/push?${query}`);
  expect(pushed).not.toContain('"error"');
});

afterAll(async () => {
  await registry[Symbol.asyncDispose]();
  await engine.stop();
  folder[Symbol.dispose]();
});

test('the files are shown by the list, which is small, and one of them is opened by its own bytes', async () => {
  await using app = await startApp(engine.host);
  const source = { kind: 'registry' as const, reference: `${registry.address}/listed:1` };
  const { toRead, layers, missing } = await app.layerFiles.open(source);
  expect(layers).toMatchObject([{ isListed: true }]);
  expect(missing).toEqual([0]);
  expect(toRead?.isDownload).toBe(true);
  expect(toRead?.bytes).toBeLessThan(50_000);
  const files = withoutAdded(await readAll(app, source));
  expect(files).toEqual(withoutAdded(listTar(folder.file('root.tar'))));

  const opened = await openIndexed(app, source);
  const { rows } = await app.layerFiles.found({
    view: { ...opened.view, filter: { text: 'r' } },
    order: 'size',
    page: { first: 0, most: 20 },
  });
  const placeOf = (name: string) => rows.find((row) => row.name === name)?.place ?? -1;
  const read = (name: string, offset: number) =>
    app.layerFiles.bytes({ files: opened.files, place: placeOf(name), layer: 0, slice: { offset, length: 1000 } });
  const cost = await app.layerFiles.cost({ files: opened.files, place: placeOf('grün'), layer: 0 });
  expect(cost.toRead?.bytes).toBeLessThan(1000);
  expect(Buffer.from((await read('grün', 0)).bytes, 'base64').toString()).toBe('x'.repeat(1000));
  expect(Buffer.from((await read('large', 3_000_000)).bytes, 'base64')).toEqual(large.subarray(3_000_000, 3_001_000));
  const saved = await app.run({ kind: 'save-files', files: opened.files, place: 0, layer: 0, target: app.writable(folder.file('saved')) });
  expect(saved).toMatchObject({ state: 'succeeded', result: { files: 6, leftOut: 1 } });
  expect(readFileSync(folder.file('saved/data/hard'))).toEqual(large);
});

/** Posts to an engine at its socket. */
function requestText({ host }: Engine, path: string): Promise<string> {
  return new Promise((resolve, reject) => {
    request({ socketPath: host.replace('unix://', ''), path, method: 'POST' }, (answer) => text(answer).then(resolve, reject))
      .on('error', reject)
      .end();
  });
}
