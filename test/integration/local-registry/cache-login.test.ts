import { readFileSync, statSync } from 'node:fs';
import { afterEach, beforeAll, expect, test } from 'vitest';
import { FreshEngine } from '../../support/engines/fresh-engine.ts';
import { traits } from '../../support/engines/own-engine.ts';
import { removeAll } from '../../support/own-registry.ts';
import { Putting } from '../../support/put-image.ts';
import { succeed } from '../../support/round-trip.ts';
import { runRegistry, someone } from '../../support/run-registry.ts';
import { takePort } from '../../support/take-port.ts';
import { startTokenGiver } from '../../support/token-giver.ts';
import { openWatchedDoor } from '../../support/watched-door.ts';
import { WorkFolder } from '../../support/work-folder.ts';

const fresh = new FreshEngine();
const docker = (args: string[]) => fresh.engine.docker(args);

beforeAll(() => fresh.engine.makeRegistryImage());
afterEach(() => removeAll(fresh.engine.docker));

/** Where containers reach this computer. */
const host = async (): Promise<string> =>
  traits.hasOwnNetworks
    ? (await docker(['network', 'inspect', 'bridge', '--format', '{{(index .IPAM.Config 0).Gateway}}'])).trim()
    : '127.0.0.1';

/** Puts a private image into a registry that gives it only to who has a token. */
async function putPrivate({ address }: { address: string }, { settings }: { settings: { AUTH_TOKEN_REALM: string } }): Promise<void> {
  const authorization = `Basic ${Buffer.from(`${someone.username}:${someone.password}`).toString('base64')}`;
  const answer = await fetch(`${settings.AUTH_TOKEN_REALM}?scope=repository:someone/it-private:pull,push`, { headers: { authorization } });
  const { token } = (await answer.json()) as { token: string };
  await new Putting(address, 'someone/it-private', { authorization: `Bearer ${token}` }).image(['1']);
}

const cacheNow = () => fresh.app.registry.others.find(({ cacheOf, maker }) => cacheOf !== undefined && maker === 'layerdeck');

/** Starts a cache that signs in, and gives its address. */
async function startSignedIn(remote: string, login = someone): Promise<string> {
  const handed = await fresh.app.registries.handCacheLogin({ remote, login });
  const { result } = await succeed(fresh.app, { kind: 'start-cache', remote, login: handed.login });
  await fresh.app.until(() => cacheNow()?.isRunning === true);
  return result?.kind === 'start-cache' ? result.address : '';
}

/** Everything that anybody who may use the engine is shown of the cache, but for its files. */
const shownOf = async (container: string): Promise<string> =>
  `${await docker(['inspect', container])} ${await docker(['logs', container])} ${await docker(['ps', '--all', '--no-trunc'])}`;

test('a cache signs in where tokens are given, keeps its sign-in through restarts, and its password goes nowhere else', async () => {
  const ip = await host();
  using giver = await startTokenGiver({ host: ip, name: ip });
  await using upstream = await runRegistry({ tokens: giver });
  using elsewhere = await openWatchedDoor({ host: ip, port: upstream.port });
  using door = await openWatchedDoor({ host: ip, port: upstream.port, blobsAt: elsewhere.origin });
  await putPrivate(upstream, giver);

  await succeed(fresh.app, { kind: 'start-cache', remote: door.origin });
  await fresh.app.until(() => cacheNow()?.isRunning === true);
  const { port, cacheUser } = cacheNow() ?? {};
  expect(cacheUser).toBeUndefined();
  expect((await fresh.app.run({ kind: 'pull', reference: `localhost:${port}/someone/it-private:1` })).state).toBe('failed');

  // the same cache, which signs in from now on
  const address = await startSignedIn(door.origin);
  expect(address).toBe(`localhost:${port}`);
  expect(cacheNow()).toMatchObject({ cacheUser: someone.username, port });
  // where blobs are kept elsewhere, distribution 2.8 doesn't get them: what counts is what that place is told
  await fresh.app.run({ kind: 'pull', reference: `${address}/someone/it-private:1` });
  expect(giver.seen.length).toBeGreaterThan(0);
  expect(door.seen.some((one) => one.startsWith('Bearer '))).toBe(true);
  const basic = Buffer.from(`${someone.username}:${someone.password}`).toString('base64');
  for (const one of [...door.seen, ...elsewhere.seen]) expect(one).not.toContain(basic);
  expect(elsewhere.seen.length).toBeGreaterThan(0);
  expect(new Set(elsewhere.seen)).toEqual(new Set(['none']));

  const container = cacheNow()?.containerId ?? '';
  const shown = await shownOf(container);
  expect(shown).not.toContain(someone.password);
  expect(shown).not.toContain(basic);
  // only the registry's own user reads it
  using copied = new WorkFolder();
  await docker(['cp', `${container}:/etc/docker/registry/config.yml`, copied.file('settings')]);
  expect(readFileSync(copied.file('settings'), 'utf8')).toContain(JSON.stringify(someone.password));
  expect(statSync(copied.file('settings')).mode & 0o777).toBe(0o600);
  expect(JSON.stringify(fresh.app.tasks.tasks)).not.toContain(someone.password);
});

test('what only a sign-in may get is there through the cache, also after it was stopped and started', async () => {
  const ip = await host();
  using giver = await startTokenGiver({ host: ip, name: ip });
  await using upstream = await runRegistry({ tokens: giver });
  using door = await openWatchedDoor({ host: ip, port: upstream.port });
  await putPrivate(upstream, giver);
  const address = await startSignedIn(door.origin);
  const container = cacheNow()?.containerId ?? '';
  await succeed(fresh.app, { kind: 'stop-cache', container });
  await fresh.app.until(() => cacheNow()?.isRunning === false);
  await succeed(fresh.app, { kind: 'start-cache', remote: door.origin });
  await fresh.app.until(() => cacheNow()?.isRunning === true);
  expect(cacheNow()?.containerId).toBe(container);
  await succeed(fresh.app, { kind: 'pull', reference: `${address}/someone/it-private:1` });
});

test('a wrong password is told before anything is started, and one that was used is asked for again', async () => {
  const ip = await host();
  using giver = await startTokenGiver({ host: ip, name: ip });
  await using upstream = await runRegistry({ tokens: giver });
  using door = await openWatchedDoor({ host: ip, port: upstream.port });
  const remote = door.origin;
  const wrong = fresh.app.registries.handCacheLogin({ remote, login: { ...someone, password: 'wrong' } });
  await expect(wrong).rejects.toMatchObject({ data: { title: 'The user name or the password is wrong' } });
  await expect(fresh.app.registries.handCacheLogin({ remote })).rejects.toMatchObject({
    data: { kind: 'sign-in', title: /^You aren’t signed in to / },
  });
  expect(cacheNow()).toBeUndefined();
  const { login } = await fresh.app.registries.handCacheLogin({ remote, login: someone });
  expect((await fresh.app.run({ kind: 'start-cache', remote: 'http://127.0.0.1:1', login })).state).toBe('failed');
  expect((await fresh.app.run({ kind: 'start-cache', remote, login })).failure).toMatchObject({
    title: 'What you entered was used once, and forgotten',
  });
  expect(cacheNow()).toBeUndefined();
});

test('a program that can’t sign in where the password itself is wanted is told, and no cache is left that only seems to work', async () => {
  await using upstream = await runRegistry({ login: true });
  using door = await openWatchedDoor({ host: await host(), port: upstream.port });
  const { login } = await fresh.app.registries.handCacheLogin({ remote: door.origin, login: someone });
  const { failure } = await fresh.app.run({ kind: 'start-cache', remote: door.origin, login });
  expect(failure).toMatchObject({
    title: expect.stringMatching(/^A cache made from this image can’t sign in to /),
    hint: expect.stringMatching(/registry:3/),
  });
  await fresh.app.until(() => cacheNow() === undefined);
});

test('a cache that is there stays if its program can’t use a sign-in, running or not', async () => {
  await using upstream = await runRegistry({ login: true });
  using door = await openWatchedDoor({ host: await host(), port: upstream.port });
  await succeed(fresh.app, { kind: 'start-cache', remote: door.origin });
  await fresh.app.until(() => cacheNow()?.isRunning === true);
  const { containerId = '', port } = cacheNow() ?? {};
  const refuse = async () => {
    const { login } = await fresh.app.registries.handCacheLogin({ remote: door.origin, login: someone });
    const { failure } = await fresh.app.run({ kind: 'start-cache', remote: door.origin, login });
    expect(failure?.title).toMatch(/^A cache made from this image can’t sign in to /);
  };
  await refuse();
  expect(cacheNow()).toMatchObject({ containerId, isRunning: true });
  await succeed(fresh.app, { kind: 'stop-cache', container: containerId });
  await fresh.app.until(() => cacheNow()?.isRunning === false);
  await refuse();
  await fresh.app.until(() => cacheNow()?.isRunning === false);
  expect(cacheNow()).toMatchObject({ port });
});

test('a cache whose port somebody else has by now stays as it is when it gets a sign-in', async () => {
  const ip = await host();
  using giver = await startTokenGiver({ host: ip, name: ip });
  await using upstream = await runRegistry({ tokens: giver });
  using door = await openWatchedDoor({ host: ip, port: upstream.port });
  await succeed(fresh.app, { kind: 'start-cache', remote: door.origin });
  await fresh.app.until(() => cacheNow()?.isRunning === true);
  const { containerId = '', port } = cacheNow() ?? {};
  await succeed(fresh.app, { kind: 'stop-cache', container: containerId });
  await fresh.app.until(() => cacheNow()?.isRunning === false);
  const { login } = await fresh.app.registries.handCacheLogin({ remote: door.origin, login: someone });
  const order = { kind: 'start-cache', remote: door.origin, login } as const;
  using _taken = await takePort(port ?? 0);
  expect((await fresh.app.run(order)).failure).toMatchObject({ kind: 'port-taken' });
  expect(await docker(['ps', '--all', '--quiet', '--no-trunc'])).toContain(containerId);
});

test('a registry that lets everybody in has no use for a password', async () => {
  await using upstream = await runRegistry();
  using door = await openWatchedDoor({ host: await host(), port: upstream.port });
  const handed = fresh.app.registries.handCacheLogin({ remote: door.origin, login: someone });
  await expect(handed).rejects.toMatchObject({ data: { title: /lets everybody in$/ } });
  expect(door.seen.some((one) => one.startsWith('Basic'))).toBe(false);
});
