import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { pack } from 'tar-stream';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { recognise } from '../../main/archive/recognise.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'layerdeck-recognise-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

async function tarOf(...names: string[]): Promise<Buffer> {
  const tar = pack();
  for (const name of names) name.endsWith('/') ? tar.entry({ name, type: 'directory' }) : tar.entry({ name }, 'x'.repeat(700));
  tar.finalize();
  return buffer(tar);
}

function file(name: string, bytes: Buffer | string): string {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}

test('image archives are known by their first entries, packed or not, in both formats', async () => {
  const oci = await tarOf('blobs/', 'blobs/sha256/', 'index.json');
  const legacy = await tarOf(`${'a'.repeat(64)}/`, `${'a'.repeat(64)}/layer.tar`, 'manifest.json');
  for (const [name, bytes] of Object.entries({
    'oci.tar': oci,
    'legacy.tar': legacy,
    'a.tgz': gzipSync(oci),
    'a.tar.zst': zstdCompressSync(oci),
  })) {
    expect(await recognise(file(name, bytes))).toMatchObject({ kind: 'tarball', size: bytes.length });
  }
});

test('a folder is a folder', async () => {
  mkdirSync(join(folder, 'dir'));
  expect(await recognise(join(folder, 'dir'))).toEqual({ kind: 'folder', size: 0 });
});

test.each([
  ['a text', async () => Buffer.from('hello'), 'not a tarball'],
  ['nothing', async () => Buffer.alloc(0), 'empty'],
  ['a tarball of something else', () => tarOf('etc/', 'etc/passwd', 'bin/', 'bin/sh', 'usr/', 'tmp/'), 'not of an image'],
  ['a gzip of garbage', async () => Buffer.concat([Buffer.from([0x1f, 0x8b]), Buffer.alloc(2000, 7)]), 'damaged'],
  ['a gzip of a text', async () => gzipSync('hello'), 'damaged'],
])('%s is told apart, with the reason', async (name, make, reason) => {
  const bytes = await make();
  expect(await recognise(file(`${name.replaceAll(' ', '-')}.tar`, bytes))).toMatchObject({
    kind: 'other',
    reason: expect.stringContaining(reason),
  });
});

test('a bomb is not unpacked', async () => {
  const bomb = gzipSync(Buffer.alloc(300 * 1024 * 1024));
  const before = process.memoryUsage().rss;
  expect(await recognise(file('bomb.tar.gz', bomb))).toMatchObject({ kind: 'other' });
  expect(process.memoryUsage().rss - before).toBeLessThan(100e6);
});
