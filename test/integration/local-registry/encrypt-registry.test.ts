import { once } from 'node:events';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { join } from 'node:path';
import { afterEach, beforeAll, expect, test } from 'vitest';
import { ownAddresses } from '../../../main/features/local-registry/reach-registry.ts';
import { authorityToSave } from '../../../main/features/local-registry/tls/encrypt-registry.ts';
import { forecastPull } from '../../../main/features/transfer/forecast-pull.ts';
import { forecastPush } from '../../../main/features/transfer/forecast-push.ts';
import { FreshEngine } from '../../support/engines/fresh-engine.ts';
import { startApp, type TestApp } from '../../support/make-app.ts';
import { makeCertificate } from '../../support/make-certificate.ts';
import { containerOf, failToStart, pushSmall, removeAll, startOwn, stopOwn } from '../../support/own-registry.ts';
import { succeed } from '../../support/round-trip.ts';
import { freePort } from '../../support/take-port.ts';
import { WorkFolder } from '../../support/work-folder.ts';

const fresh = new FreshEngine();

beforeAll(async () => {
  await fresh.engine.makeRegistryImage();
});
afterEach(() => removeAll(fresh.engine.docker));

const isEncrypted = (wanted: boolean) =>
  fresh.app.until(() => fresh.app.registry.registry.state === 'running' && containerOf(fresh.app.registry).isEncrypted === wanted);

/** The answer of a program that knows nothing of the authority. */
const knock = (url: string) =>
  fetch(`${url}/v2/`).then(
    ({ status }) => status,
    (error) => (error.cause as { code?: string }).code,
  );

test('it speaks encrypted to the app and to engines here, whoever makes its container anew, until it is switched off', async () => {
  const port = await freePort();
  const address = await startOwn(fresh.app, { port });
  await pushSmall(fresh.app, 'it-tls:1');
  await fresh.app.registries.encrypt({ isEncrypted: true });
  await isEncrypted(true);
  expect(containerOf(fresh.app.registry).certificate?.names).toEqual(expect.arrayContaining(['localhost', '127.0.0.1', '::1']));
  expect(await knock(`http://${address}`)).toBe(400);
  expect(await knock(`https://${address}`)).toMatch(/SELF_SIGNED|UNABLE_TO/);
  await pushSmall(fresh.app, 'it-tls:2');
  await succeed(fresh.app, { kind: 'pull', reference: `${address}/it-tls:1` });
  await stopOwn(fresh.app);
  expect(await startOwn(fresh.app)).toBe(address);
  const { certificate } = containerOf(fresh.app.registry);
  await fresh.engine.docker(['rm', '--force', containerOf(fresh.app.registry).containerId]);
  await fresh.app.until(() => fresh.app.registry.registry.state === 'absent');
  await fresh.restartApp();
  expect(await startOwn(fresh.app)).toBe(address);
  expect(containerOf(fresh.app.registry)).toMatchObject({ isEncrypted: true, certificate });
  await succeed(fresh.app, { kind: 'restart-registry' });
  await pushSmall(fresh.app, 'it-tls:3');
  await fresh.app.registries.encrypt({ isEncrypted: false });
  await isEncrypted(false);
  expect(await knock(`http://${address}`)).toBe(200);
  await pushSmall(fresh.app, 'it-tls:4');
});

test('a computer that trusts its certificate gets from it, one that does not is told why, and a new certificate needs no new trust', async () => {
  const port = await freePort();
  const [own] = ownAddresses();
  if (!own) throw new Error('this computer has no address but loopback');
  const outside = `${own.address}:${port}`;
  await startOwn(fresh.app, { port });
  const login = await fresh.app.registries.protect({ username: 'ada' });
  await fresh.app.registries.encrypt({ isEncrypted: true });
  await fresh.app.registries.reach({ isOpen: true });
  await isEncrypted(true);
  await pushSmall(fresh.app, 'it-tls:1');
  const reference = `${outside}/it-tls:1`;
  const known = { registry: outside, username: login.username, password: login.password };

  // Layerdeck elsewhere, and its engine
  await using other = await startApp(fresh.engine.host);
  const refused = { failure: { title: 'The connection to the registry isn’t trusted' } };
  await expect(other.signing.signIn(known)).rejects.toMatchObject({ data: refused.failure });
  expect((await other.run({ kind: 'pull', reference })).failure).toMatchObject(refused.failure);
  await trusting(outside, authorityOf(fresh.app), async () => {
    await other.signing.signIn(known);
    await succeed(other, { kind: 'pull', reference });
    const before = containerOf(fresh.app.registry);
    await fresh.app.registries.encrypt({ isEncrypted: true });
    await fresh.app.until(() => {
      const { registry } = fresh.app.registry;
      return registry.state === 'running' && registry.containerId !== before.containerId;
    });
    expect(containerOf(fresh.app.registry).certificate?.authority).toBe(before.certificate?.authority);
    await succeed(other, { kind: 'pull', reference });
  });
});

test.each(['with another certificate', 'without encryption'])(
  'whoever answers in its place %s gets neither password nor image from the app or its engine',
  async (how) => {
    const port = await freePort();
    const address = await startOwn(fresh.app, { port });
    await fresh.app.registries.protect({ username: 'ada' });
    await fresh.app.registries.encrypt({ isEncrypted: true });
    await isEncrypted(true);
    await pushSmall(fresh.app, 'it-tls:1');
    await fresh.engine.docker(['rm', '--force', containerOf(fresh.app.registry).containerId]);
    await fresh.app.until(() => fresh.app.registry.registry.state === 'absent');
    await using stranger = await startStranger(port, how === 'with another certificate');

    const reference = `${address}/it-tls:1`;
    const title = `Something else answers at ${address}`;
    expect((await fresh.app.run({ kind: 'push', references: [reference], to: 'own-registry' })).failure?.title).toBe(title);
    expect((await fresh.app.run({ kind: 'pull', reference })).failure?.title).toBe(title);
    expect(await fresh.app.logins.find(address)).toBeUndefined();
    await expect(forecastPull(fresh.app.connection.engine, { reference }, fresh.app.forecasts)).rejects.toMatchObject({
      failure: { title },
    });
    await expect(fresh.app.signing.signIn({ registry: address, username: 'ada', password: 'secret' })).rejects.toMatchObject({
      data: { title },
    });
    using folder = new WorkFolder({ Dockerfile: `FROM ${address}/it-tls:9\n` });
    const order = { folder: fresh.app.readable(folder.path), dockerfile: 'Dockerfile', references: ['it-tls:built'] };
    expect((await fresh.app.run({ kind: 'build', ...order })).state).toBe('failed');
    expect(stranger.logins).toEqual([]);
    expect(stranger.written).toEqual([]);
    // the login is still there for the registry itself
    expect((await fresh.app.logins.list()).map(({ registry }) => registry)).toContain(address);
  },
);

test('a certificate that it can’t read is told, and making a new one helps', async () => {
  const address = await startOwn(fresh.app, { port: await freePort() });
  await fresh.app.registries.encrypt({ isEncrypted: true });
  await isEncrypted(true);
  // without the key of its authority, it makes no other certificate by itself if this computer gets another address
  await fresh.restartApp();
  await isEncrypted(true);
  await stopOwn(fresh.app);
  using folder = new WorkFolder({ 'layerdeck-tls.key': 'damaged' });
  await fresh.engine.docker(['cp', folder.file('layerdeck-tls.key'), `${containerOf(fresh.app.registry).containerId}:/var/lib/registry/`]);
  expect(await failToStart(fresh.app)).toMatchObject({ title: 'The registry can’t use its certificate' });
  await fresh.app.registries.encrypt({ isEncrypted: true });
  await fresh.app.until(() => fresh.app.registry.registry.state === 'running');
  expect(containerOf(fresh.app.registry)).toMatchObject({ address, isEncrypted: true });
});

test('login and authority move along with its port, and go with its images', async () => {
  const before = await startOwn(fresh.app, { port: await freePort() });
  await fresh.app.registries.protect({ username: 'ada' });
  await fresh.app.registries.encrypt({ isEncrypted: true });
  await isEncrypted(true);
  const address = await startOwn(fresh.app, { port: await freePort() });
  const { authorityOf: known } = fresh.app.logins.near;
  expect([known(before), known(address) !== undefined, known(address.replace('localhost', '127.0.0.1')) === known(address)]).toEqual([
    undefined,
    true,
    true,
  ]);
  await pushSmall(fresh.app, 'it-tls:1');
  const { containerId: container } = containerOf(fresh.app.registry);
  await succeed(fresh.app, { kind: 'remove-registry', container, withImages: true });
  expect([known(address), await fresh.app.logins.find(address)]).toEqual([undefined, undefined]);
  expect(await startOwn(fresh.app, { port: await freePort() })).not.toBe(address);
  expect(containerOf(fresh.app.registry)).toMatchObject({ isEncrypted: false, hasLogin: false });
});

test('it is looked into, forecast, backed up and tidied as one that is not encrypted', async () => {
  using folder = new WorkFolder();
  const address = await startOwn(fresh.app, { port: await freePort() });
  await fresh.app.registries.protect({ username: 'ada' });
  await fresh.app.registries.encrypt({ isEncrypted: true });
  await isEncrypted(true);
  await pushSmall(fresh.app, 'it-tls:1');
  const reference = `${address}/it-tls:1`;
  const { registry } = await forecastPush(fresh.app.connection.engine, { reference, target: reference }, fresh.app.forecasts);
  expect(registry).toMatchObject({ isPlain: false, username: 'ada' });
  const parts = await Array.fromAsync(await fresh.app.registryBrowse.repositories({ registry: address }));
  expect(JSON.stringify(parts)).toContain('it-tls');
  const target = fresh.app.writable(folder.file('backup.tar'));
  await succeed(fresh.app, { kind: 'back-up-registry', registry: address, target, repositories: ['it-tls'] });
  const { containerId: container } = containerOf(fresh.app.registry);
  const [preview] = (await Array.fromAsync(await fresh.app.registries.previewCollection({ container }))).slice(-1);
  expect(preview).toMatchObject({ kind: 'found' });
  await succeed(fresh.app, { kind: 'collect-registry', container, withUntagged: false });
  await isEncrypted(true);
  expect((await fresh.app.registries.version()).version).toMatch(/^\d/);
});

/** The certificate of its authority, as the window has it saved. */
const authorityOf = (app: TestApp): string => authorityToSave(app.registry.registry, app.registryBook);

/** Lets engines on this computer trust an authority for one registry. */
async function trusting(registry: string, certificate: string, work: () => Promise<void>): Promise<void> {
  const folder = join('/etc/docker/certs.d', registry);
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'ca.crt'), certificate);
    await work();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const emptyLogin = `Basic ${Buffer.from(':').toString('base64')}`;

/** A program that asks everybody for a password as a registry does, and remembers what it got. */
async function startStranger(port: number, isEncrypted: boolean) {
  const logins: string[] = [];
  const written: string[] = [];
  using folder = new WorkFolder();
  makeCertificate(folder.path, '127.0.0.1');
  const listen = (request: IncomingMessage, answer: ServerResponse) => {
    const { authorization } = request.headers;
    // Podman signs in without a name and a password where it has none
    if (authorization !== undefined && authorization !== emptyLogin) logins.push(authorization);
    if (request.method !== 'GET' && request.method !== 'HEAD') written.push(`${request.method} ${request.url}`);
    answer.writeHead(401, { 'docker-distribution-api-version': 'registry/2.0', 'www-authenticate': 'Basic realm="x"' }).end('{}');
  };
  const own = { cert: readFileSync(folder.file('server.crt')), key: readFileSync(folder.file('server.key')) };
  const server = isEncrypted ? createSecureServer(own, listen) : createServer(listen);
  // on both addresses that “localhost” can mean
  server.listen(port, '::');
  await once(server, 'listening');
  return {
    logins,
    written,
    [Symbol.asyncDispose]: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
