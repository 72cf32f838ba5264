import { once } from 'node:events';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test, vi } from 'vitest';
import { toFailure } from '../../../main/foundation/failures/failure.ts';
import { isInNoProxyNetwork } from '../../../main/foundation/registries/connections.ts';
import { RegistryClient } from '../../../main/foundation/registries/registry-client.ts';
import { startFakeRegistry } from '../../support/fake-registry.ts';

afterEach(() => vi.unstubAllEnvs());

test.each([
  ['10.1.2.3:5000', '10.0.0.0/8', true],
  ['10.1.2.3', 'example.com, 10.0.0.0/8', true],
  ['11.1.2.3', '10.0.0.0/8', false],
  ['[fd00::1]:5000', 'fd00::/8', true],
  ['[fe00::1]', 'fd00::/8', false],
  ['registry.example', '10.0.0.0/8', false],
  ['10.1.2.3', '10.0.0.0/99', false],
  ['10.1.2.3', '/8,10.0.0.0/,x', false],
])('%s beside NO_PROXY=%s', (host, noProxy, isIn) => expect(isInNoProxyNetwork(host, noProxy)).toBe(isIn));

/** A common kind of proxy: it tunnels to port 443 only, here nowhere, and fetches what is asked for unencrypted. */
async function startProxy(port: number) {
  const seen: string[] = [];
  const server = createServer((near, answer) => {
    seen.push(`${near.method} ${near.url}`);
    const { pathname, search } = new URL(near.url ?? '', 'http://x');
    near.pipe(
      request({ port, method: near.method, path: pathname + search, headers: near.headers }, (far) => {
        answer.writeHead(far.statusCode ?? 500, far.headers);
        far.pipe(answer);
      }),
    );
  });
  server.on('connect', (near, socket) => {
    seen.push(`CONNECT ${near.url}`);
    socket.end('HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\n\r\n');
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    address,
    seen,
    [Symbol.dispose]: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

test('an unencrypted registry is reached through a proxy that opens no tunnels', async () => {
  using fake = await startFakeRegistry();
  using proxy = await startProxy(Number(fake.address.split(':')[1]));
  for (const name of ['http_proxy', 'https_proxy']) vi.stubEnv(name, proxy.address);
  vi.stubEnv('no_proxy', '');
  using client = await RegistryClient.open({ registry: 'registry.test:5000', login: undefined, isInsecure: true });
  expect(client.isPlain).toBe(true);
  expect(proxy.seen).toEqual(['CONNECT registry.test:5000', 'GET http://registry.test:5000/v2/']);
});

test('a proxy that refuses gets the blame', async () => {
  using fake = await startFakeRegistry();
  using proxy = await startProxy(Number(fake.address.split(':')[1]));
  for (const name of ['http_proxy', 'https_proxy']) vi.stubEnv(name, proxy.address);
  vi.stubEnv('no_proxy', '');
  const refused = await RegistryClient.open({ registry: 'registry.test', login: undefined, isInsecure: false }).catch(toFailure);
  expect(refused).toMatchObject({ title: 'The proxy doesn’t let you reach the registry registry.test' });
});
