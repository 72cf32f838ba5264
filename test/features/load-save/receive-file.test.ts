import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import { gunzipSync, zstdDecompressSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { receiveFile } from '../../../main/features/load-save/receive-file.ts';
import { digestOf } from '../../../main/foundation/formats/digest.ts';
import { tarball } from '../../../tools/fuzz/make-tarball.ts';
import { dockerEntries } from '../../../tools/fuzz/sample-archives.ts';
import { WorkFolder } from '../../support/work-folder.ts';

const bytes = tarball(...dockerEntries([{ layers: [randomBytes(9_000_000)], tags: ['a:1'] }]));
const never = new AbortController().signal;
const request = '/images/get?names=a%3A1';
const ports = () => process.getActiveResourcesInfo().filter((name) => name === 'MessagePort').length;

/** A server that answers as an engine does. */
async function listen(folder: WorkFolder, answer: (response: ServerResponse, url: string | undefined) => void) {
  const server = createServer((asked, response) => answer(response, asked.url));
  const socketPath = folder.file('engine.sock');
  await once(server.listen(socketPath), 'listening');
  return { engine: { address: { socketPath }, spokenVersion: '1.51' as const }, [Symbol.dispose]: () => void server.close() };
}

const file = (folder: WorkFolder, name: string) => ({
  request: request as `/${string}`,
  path: folder.file('part'),
  target: folder.file(name),
  checksum: true,
  onBytes: () => {},
});

test.each([
  ['x.tar', (packed: Buffer) => packed],
  ['x.tar.gz', gunzipSync],
  ['x.tar.zst', zstdDecompressSync],
])('%s has all that was sent, packed as its name says, and its checksum', async (name, unpack) => {
  using folder = new WorkFolder();
  let asked: string | undefined;
  using door = await listen(folder, (response, url) => {
    asked = url;
    response.end(bytes);
  });
  const told: [number, boolean][] = [];
  const onBytes = (received: number, isAll: boolean) => void told.push([received, isAll]);
  const written = await receiveFile(door.engine, { ...file(folder, name), onBytes }, never);
  const content = readFileSync(folder.file('part'));
  expect(unpack(content).equals(bytes)).toBe(true);
  expect(written).toEqual({ sha256: digestOf(content).replace('sha256:', '') });
  expect(told.at(-1)).toEqual([bytes.length, true]);
  expect(asked).toBe(`/v1.51${request}`);
});

test('what an engine refuses, and what it says instead of the end of a file, is a failure in words', async () => {
  using folder = new WorkFolder();
  using refusing = await listen(folder, (response) => response.writeHead(404).end('{"message":"No such image: a:1"}'));
  await expect(receiveFile(refusing.engine, file(folder, 'x.tar'), never)).rejects.toMatchObject({ failure: { kind: 'not-found' } });
  using other = new WorkFolder();
  const half = Buffer.concat([bytes.subarray(0, 5_000_000), Buffer.from('{"message":"write /tmp/x: no space left on device"}')]);
  using breaking = await listen(other, (response) => response.end(half));
  await expect(receiveFile(breaking.engine, file(other, 'x.tar'), never)).rejects.toMatchObject({ failure: { kind: 'no-space' } });
});

test('a connection that is cut, a file that is there already, and a stop end the thread, which lets go of the file', async () => {
  const before = ports();
  using folder = new WorkFolder();
  using cutting = await listen(folder, (response) => response.write(bytes.subarray(0, 5_000_000), () => response.destroy()));
  await expect(receiveFile(cutting.engine, file(folder, 'x.tar'), never)).rejects.toMatchObject({ failure: { kind: 'engine-lost' } });
  await expect(receiveFile(cutting.engine, file(folder, 'x.tar'), never)).rejects.toThrow();

  using other = new WorkFolder();
  using waiting = await listen(other, (response) => response.write(bytes.subarray(0, 5_000_000)));
  const stop = new AbortController();
  const receiving = receiveFile(waiting.engine, { ...file(other, 'x.tar'), onBytes: () => stop.abort() }, stop.signal);
  await expect(receiving).rejects.toMatchObject({ name: 'AbortError' });
  expect(ports()).toBe(before);
});
