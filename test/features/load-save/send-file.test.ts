import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import type { LoadChanges } from '../../../main/features/load-save/parts-to-send.ts';
import { sendFile } from '../../../main/features/load-save/send-file.ts';
import { tarball } from '../../../tools/fuzz/make-tarball.ts';
import { dockerEntries } from '../../../tools/fuzz/sample-archives.ts';
import { WorkFolder } from '../../support/work-folder.ts';

const changes: LoadChanges = { product: 'Docker', platform: 'linux/amd64', keptBack: new Set(), isFar: false };
const large = randomBytes(9_000_000);
const bytes = tarball(...dockerEntries([{ layers: [large], tags: ['a:1'] }]));

type Received = { body: Buffer; isWhole: boolean };

/** A server that takes requests as an engine does. */
async function listen(folder: WorkFolder, answer: (request: IncomingMessage, response: ServerResponse) => void) {
  const server = createServer(answer);
  const socketPath = folder.file('engine.sock');
  await once(server.listen(socketPath), 'listening');
  const engine = { address: { socketPath }, product: 'Docker', version: '28.0', spokenVersion: '1.51' } as const;
  return { engine, [Symbol.dispose]: () => void server.close() };
}

async function receive(request: IncomingMessage): Promise<Received> {
  const pieces: Buffer[] = [];
  try {
    for await (const piece of request) pieces.push(piece as Buffer);
    return { body: Buffer.concat(pieces), isWhole: true };
  } catch {
    return { body: Buffer.concat(pieces), isWhole: false };
  }
}

const never = new AbortController().signal;
const request = '/images/load?quiet=false';
const ports = () => process.getActiveResourcesInfo().filter((name) => name === 'MessagePort').length;

test('a file of many parts arrives whole and in order, and reports how far it was read', async () => {
  using folder = new WorkFolder({ 'x.tar': bytes });
  let received: Promise<Received> | undefined;
  using door = await listen(folder, async (request, response) => {
    received = receive(request);
    await received;
    response.end('{"stream":"Loaded image: a:1\\n"}\n');
  });
  const sending = await sendFile<{ stream: string }>(door.engine, { path: folder.file('x.tar'), request, changes }, never);
  expect(await Array.fromAsync(sending.lines)).toEqual([{ stream: 'Loaded image: a:1\n' }]);
  const { body, isWhole } = (await received) as Received;
  expect(isWhole).toBe(true);
  expect(body.includes(large)).toBe(true);
  expect(sending.position()).toBeGreaterThan(0);
  expect(sending.isSent()).toBe(true);
  expect(sending.read.expected).toEqual([expect.objectContaining({ names: ['a:1'] })]);
});

test('a file system packed with gzip is sent as it is', async () => {
  const packed = gzipSync(large);
  using folder = new WorkFolder({ 'x.tar.gz': packed });
  let received: Promise<Received> | undefined;
  using door = await listen(folder, async (request, response) => {
    received = receive(request);
    await received;
    response.end();
  });
  const sending = await sendFile(door.engine, { path: folder.file('x.tar.gz'), request: '/images/create' }, never);
  expect(await Array.fromAsync(sending.lines)).toEqual([]);
  expect((await received)?.body.equals(packed)).toBe(true);
});

test('a changed layer breaks the request off before its end, in the words of the thread that saw it', async () => {
  const place = bytes.indexOf(large) + 8_000_000;
  using folder = new WorkFolder({ 'x.tar': Buffer.from(bytes).fill(0, place, place + 9) });
  let received: Promise<Received> | undefined;
  using door = await listen(folder, (request) => {
    received = receive(request);
  });
  const { lines } = await sendFile(door.engine, { path: folder.file('x.tar'), request, changes }, never);
  await expect(Array.fromAsync(lines)).rejects.toMatchObject({
    failure: { kind: 'bad-archive', detail: expect.stringContaining('Layer 1 of 1') },
  });
  expect((await received)?.isWhole).toBe(false);
});

test('an engine that refuses, at once or in the middle of its answer, is quoted', async () => {
  using folder = new WorkFolder({ 'x.tar': bytes });
  let isEarly = true;
  using door = await listen(folder, (request, response) => {
    if (isEarly) response.writeHead(500).end('{"message":"no place for it"}');
    else response.write('{"errorDetail":{"message":"no place for it"}}\n');
    request.resume();
  });
  for (isEarly of [true, false]) {
    const { lines } = await sendFile(door.engine, { path: folder.file('x.tar'), request, changes }, never);
    await expect(Array.fromAsync(lines)).rejects.toMatchObject({ failure: { cause: 'no place for it' } });
  }
});

test('an engine that goes away in the middle is lost, and the file is not to blame', async () => {
  using folder = new WorkFolder({ 'x.tar': bytes });
  using door = await listen(folder, (request) => request.once('data', () => request.socket.destroy()));
  const { lines } = await sendFile(door.engine, { path: folder.file('x.tar'), request, changes }, never);
  await expect(Array.fromAsync(lines)).rejects.toMatchObject({ failure: { kind: 'engine-lost' } });
});

test('a stop ends the thread and the request', async () => {
  using folder = new WorkFolder({ 'x.tar': bytes });
  const stop = new AbortController();
  let received: Promise<Received> | undefined;
  using door = await listen(folder, (request) => {
    request.once('data', () => stop.abort());
    received = receive(request);
  });
  const before = ports();
  const { lines } = await sendFile(door.engine, { path: folder.file('x.tar'), request, changes }, stop.signal);
  await expect(Array.fromAsync(lines)).rejects.toThrow('aborted');
  expect((await received)?.isWhole).toBe(false);
  expect(ports()).toBe(before);
});
