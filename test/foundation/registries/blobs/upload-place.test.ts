import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { checkMayPush } from '../../../../main/foundation/registries/blobs/check-may-push.ts';
import { placeOfUpload } from '../../../../main/foundation/registries/blobs/upload-place.ts';
import { RegistryClient } from '../../../../main/foundation/registries/registry-client.ts';
import { Repository } from '../../../../main/foundation/registries/repository.ts';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

async function serve(answer: RequestListener): Promise<string> {
  const server = createServer(answer).listen(0, '127.0.0.1');
  servers.push(server);
  await once(server, 'listening');
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** A hostile registry, which sends an upload on to any place it likes; and the requests that place received. */
async function forecast(locationFor: (other: string, own: string) => string): Promise<{ atOther: string[]; atOwn: string[] }> {
  const atOther: string[] = [];
  const atOwn: string[] = [];
  const other = await serve((request, answer) => {
    atOther.push(`${request.method} ${request.url}`);
    answer.end();
  });
  const own = await serve((request, answer) => {
    atOwn.push(`${request.method} ${request.url}`);
    if (request.method === 'POST') answer.writeHead(202, { location: locationFor(other, own) });
    answer.end();
  });
  using client = await RegistryClient.open({ registry: own, login: undefined, isInsecure: true });
  await checkMayPush(new Repository(client, 'app'));
  return { atOther, atOwn };
}

test('nothing is deleted at a place over which the registry has no say', async () => {
  const { atOther, atOwn } = await forecast((other) => `http://${other}/v2/app/manifests/sha256:${'0'.repeat(64)}`);
  expect(atOther).toEqual([]);
  expect(atOwn.some((line) => line.startsWith('DELETE'))).toBe(false);
});

test.each([(_: string, own: string) => `http://${own}/v2/app/blobs/uploads/1`, () => '/v2/app/blobs/uploads/1'])(
  'an upload at the registry itself is cancelled (%#)',
  async (locationFor) => {
    const { atOwn } = await forecast(locationFor);
    expect(atOwn).toContain('DELETE /v2/app/blobs/uploads/1');
  },
);

test('an upload continues at the registry, or at another host over TLS', async () => {
  const own = await serve((_, answer) => answer.end());
  using client = await RegistryClient.open({ registry: own, login: undefined, isInsecure: true });
  const port = own.split(':')[1];
  expect(placeOfUpload(client, '/v2/x?y=1').href).toBe(`http://${own}/v2/x?y=1`);
  expect(placeOfUpload(client, `http://localhost:${port}/v2/x`).href).toBe(`http://${own}/v2/x`);
  expect(placeOfUpload(client, 'https://bucket.example.com/x').href).toBe('https://bucket.example.com/x');
  expect(() => placeOfUpload(client, 'http://localhost:1/v2/x')).toThrow('leads-to-plain');
  expect(() => placeOfUpload(client, 'http://bucket.example.com/x')).toThrow('leads-to-plain');
});
