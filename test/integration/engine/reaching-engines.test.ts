import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';
import { expect, test } from 'vitest';
import { isInsecureFor } from '../../../main/foundation/engine/insecure-registries.ts';
import { openEngine } from '../../../main/foundation/engine/open-engine.ts';
import { host, traits } from '../../support/engines/own-engine.ts';

test('an engine is reached at an address of IPv6', async () => {
  const door = createServer((socket) => {
    const inner = connect(host.replace('unix://', ''));
    socket.on('error', () => inner.destroy());
    inner.on('error', () => socket.destroy());
    socket.pipe(inner).pipe(socket);
  }).listen(0, '::1');
  await once(door, 'listening');
  try {
    const { port } = door.address() as AddressInfo;
    const { product } = await openEngine({ id: 'test', label: 'test', address: `tcp://[::1]:${port}` });
    expect(product).toBe(traits.product);
  } finally {
    door.close();
  }
});

test('a registry whose name leads to this computer needs no certificate, as the engine sees it', async () => {
  const engine = await openEngine({ id: 'test', label: 'test', address: host });
  const leadsTo = (address: string) => async () => [{ address }];
  expect(await isInsecureFor(engine, 'dev.docker.local:5000', leadsTo('127.0.0.1'))).toBe(traits.tellsTrustedRanges);
  expect(await isInsecureFor(engine, 'dev.docker.local', leadsTo('127.8.8.8'))).toBe(traits.tellsTrustedRanges);
  expect(await isInsecureFor(engine, 'registry.example.com', leadsTo('192.0.2.1'))).toBe(false);
  expect(await isInsecureFor(engine, '127.0.0.1:5000')).toBe(traits.tellsTrustedRanges);
  const unknown = () => Promise.reject(new Error('not found'));
  expect(await isInsecureFor(engine, 'registry.example.com', unknown)).toBe(false);
});
