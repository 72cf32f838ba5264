import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { FirstAnswer } from '../../../main/features/local-registry/first-answer.ts';
import { freePort } from '../../support/take-port.ts';

const running = {
  state: 'running',
  name: 'r',
  maker: 'layerdeck',
  image: 'registry:2',
  isOpen: false,
  hasLogin: false,
  isEncrypted: false,
} as const;
const rest = { restarts: 'never', storage: { kind: 'container' }, startedAt: 1 } as const;

/** A program that answers everything, and at some time as a registry. */
async function startProgram() {
  const now = { isRegistry: false };
  const server = createServer((_, answer) => {
    // a web server says 200 as well
    if (now.isRegistry) answer.setHeader('Docker-Distribution-Api-Version', 'registry/2.0');
    answer.end('{}');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const close = () => {
    server.close();
    server.closeAllConnections();
  };
  return { now, server, address: `127.0.0.1:${(server.address() as AddressInfo).port}`, [Symbol.dispose]: close };
}

test('one is ready once it has answered as registries do, and another start is another question', async () => {
  using program = await startProgram();
  let changes = 0;
  const first = new FirstAnswer(() => changes++);
  const one = { ...running, ...rest, containerId: 'a', address: program.address };
  expect(first.of(one)).toBe('asking');
  await once(program.server, 'request');
  await once(program.server, 'request');
  expect([first.of(one), changes]).toEqual(['asking', 0]);
  program.now.isRegistry = true;
  await expect.poll(() => first.of(one)).toBe('answered');
  expect(changes).toBe(1);
  expect(first.of({ ...one, address: `127.0.0.1:${await freePort()}` })).toBe('asking');
  first.forget();
});

test('one that takes too long is silent until it answers', async () => {
  using program = await startProgram();
  const first = new FirstAnswer(() => {}, { within: 50, askAgainEvery: 20 });
  const one = { ...running, ...rest, containerId: 'a', address: program.address };
  first.of(one);
  await expect.poll(() => first.of(one)).toBe('silent');
  program.now.isRegistry = true;
  await expect.poll(() => first.of(one)).toBe('answered');
});
