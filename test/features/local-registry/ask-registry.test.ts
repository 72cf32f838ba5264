import { once } from 'node:events';
import { createServer } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo, Server } from 'node:net';
import { expect, test } from 'vitest';
import { askWho, statusAt } from '../../../main/features/local-registry/ask-registry.ts';
import { issueCertificate, makeAuthority } from '../../../main/features/local-registry/tls/make-certificate.ts';
import { whyNotItself } from '../../../main/foundation/registries/own-authority.ts';
import { freePort } from '../../support/take-port.ts';

const year = 365 * 24 * 60 * 60 * 1000;
const authority = makeAuthority('own', ['localhost']);

/** A registry that asks for a sign-in; with a certificate, by that. */
async function serve(tls?: { certificate: string; key: string }) {
  const listen = (_: unknown, answer: import('node:http').ServerResponse) =>
    answer.writeHead(401, { 'docker-distribution-api-version': 'registry/2.0' }).end();
  const server: Server & { closeAllConnections(): void } = tls
    ? createSecureServer({ cert: tls.certificate, key: tls.key }, listen)
    : createServer(listen);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const close = () => {
    server.close();
    server.closeAllConnections();
  };
  return { address: `localhost:${(server.address() as AddressInfo).port}`, [Symbol.dispose]: close };
}

/** What those who ask are told of who answers. */
async function whoIs(address: string) {
  const why = await whyNotItself(address, authority.certificate);
  return [await askWho(address, { authority: authority.certificate }), why?.reason];
}

test('a registry is known by its own authority alone', async () => {
  using own = await serve(issueCertificate(authority, ['localhost']));
  expect(await whoIs(own.address)).toEqual(['registry', undefined]);
  expect(await statusAt(own.address, { authority: authority.certificate })).toBe(401);
  using other = await serve(issueCertificate(makeAuthority('own', ['localhost']), ['localhost']));
  expect(await whoIs(other.address)).toEqual(['stranger', 'stranger']);
  using elsewhere = await serve(issueCertificate(authority, ['192.168.1.7']));
  expect(await whoIs(elsewhere.address)).toEqual(['stranger', 'stranger']);
  using plain = await serve();
  expect(await whoIs(plain.address)).toEqual(['stranger', 'stranger']);
  expect(await askWho(plain.address, {})).toBe('registry');
  expect(await whoIs(`localhost:${await freePort()}`)).toEqual(['none', 'unreachable']);
});

test.each([
  ['that has run out', -2 * year],
  ['of a clock that is ahead', 2 * year],
])('one with a certificate %s is itself, and says so', async (_, shift) => {
  using own = await serve(issueCertificate(authority, ['localhost'], Date.now() + shift));
  expect(await whoIs(own.address)).toEqual(['outdated', 'outdated']);
});
