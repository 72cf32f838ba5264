import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Engine } from '../../tools/engine/engine.ts';
import { installMissing } from '../../tools/engine/install-missing.ts';
import { startEngine } from '../../tools/engine/start-engine.ts';
import { openIndexed, readAll } from '../support/layer-files/read-indexed.ts';
import { listTar, withoutAdded } from '../support/layer-files/seen-files.ts';
import { startApp } from '../support/make-app.ts';
import { runRegistry } from '../support/run-registry.ts';
import { WorkFolder } from '../support/work-folder.ts';

// Layers that bring a list of their files along, as Podman pushes them and containerd's tools convert them.

const folder = new WorkFolder();
let registry: Awaited<ReturnType<typeof runRegistry>>;
const large = randomBytes(9_000_000);

beforeAll(async () => {
  registry = await runRegistry();
  const files = { 'etc/conf': 'a=b\n', 'data/large': large, 'data/empty': '', 'data/grün': 'x'.repeat(3000) };
  for (const [name, content] of Object.entries(files)) folder.write(`in/${name}`, content);
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
    '--format=gnu',
    '--sort=name',
    '--file',
    folder.file('root.tar'),
    '--directory',
    folder.file('in'),
    'data',
    'etc',
  ]);
});

afterAll(async () => {
  await registry[Symbol.asyncDispose]();
  folder[Symbol.dispose]();
});

/** What Podman's own way to push can do, and docker's can't. */
async function pushChunked({ host, docker }: Engine, reference: string): Promise<void> {
  await docker(['import', folder.file('root.tar'), 'listed:1']);
  const query = new URLSearchParams({
    destination: reference,
    format: 'oci',
    compressionFormat: 'zstd:chunked',
    forceCompressionFormat: 'true',
    tlsVerify: 'false',
  });
  const path = `/v5.0.0/libpod/images/${encodeURIComponent('docker.io/library/listed:1')}/push?${query}`;
  const pushed = await new Promise<string>((resolve, reject) => {
    const asked = request({ socketPath: host.replace('unix://', ''), path, method: 'POST' }, (answer) =>
      text(answer).then(resolve, reject),
    );
    asked.on('error', reject).end();
  });
  expect(pushed).not.toContain('"error"');
}

/** Converted in the engine's own containerd. */
async function pushStargz({ host, docker }: Engine, reference: string): Promise<void> {
  installMissing(['stargz-snapshotter']);
  await docker(['import', folder.file('root.tar'), 'listed:1']);
  const socket = join(dirname(host.replace('unix://', '')), 'exec/containerd/containerd.sock');
  const convert = ['image', 'convert', '--estargz', '--oci', 'docker.io/library/listed:1', reference];
  execFileSync('ctr-remote', ['--address', socket, '--namespace', 'moby', ...convert], { stdio: 'pipe' });
  await docker(['push', '--quiet', reference]);
}

test.each([
  ['zstd:chunked', 'podman-5', pushChunked, []],
  // which marks what need not be there from the beginning
  ['eStargz', 'docker-28-containerd', pushStargz, ['.no.prefetch.landmark']],
] as const)(
  '%s: the files are shown by the list, which is small, and one of them is opened by its own bytes',
  { timeout: 300_000 },
  async (form, kind, push, more) => {
    const engine = await startEngine({ kind });
    const reference = `${registry.address}/${form.toLowerCase().replace(':', '-')}:1`;
    try {
      await push(engine, reference);
      await using app = await startApp(engine.host);
      const source = { kind: 'registry' as const, reference };
      const { toRead, layers, missing } = await app.layerFiles.open(source);
      expect(layers).toMatchObject([{ isListed: true }]);
      expect(missing).toEqual([0]);
      expect(toRead?.isDownload).toBe(true);
      expect(toRead?.bytes).toBeLessThan(50_000);
      const files = await readAll(app, source);
      for (const name of more) expect(files.delete(name)).toBe(true);
      expect(withoutAdded(files)).toEqual(withoutAdded(listTar(folder.file('root.tar'))));

      const opened = await openIndexed(app, source);
      const { rows } = await app.layerFiles.found({ view: opened.view, order: 'size', page: { first: 0, most: 50 } });
      const placeOf = (name: string) => rows.find((row) => row.name === name)?.place ?? -1;
      const read = (name: string, offset: number) =>
        app.layerFiles.bytes({ files: opened.files, place: placeOf(name), layer: 0, slice: { offset, length: 1000 } });
      const cost = await app.layerFiles.cost({ files: opened.files, place: placeOf('grün'), layer: 0 });
      expect(cost.toRead?.bytes).toBeLessThan(1000);
      expect(Buffer.from((await read('grün', 0)).bytes, 'base64').toString()).toBe('x'.repeat(1000));
      expect(Buffer.from((await read('large', 5_000_000)).bytes, 'base64')).toEqual(large.subarray(5_000_000, 5_001_000));
      const target = app.writable(folder.file(`saved ${kind}`));
      const saved = await app.run({ kind: 'save-files', files: opened.files, place: 0, layer: 0, target });
      expect(saved).toMatchObject({ state: 'succeeded', result: { files: 6 + more.length, leftOut: 1 } });
      expect(readFileSync(folder.file(`saved ${kind}/data/hard`))).toEqual(large);
    } finally {
      await engine.stop();
    }
  },
);
