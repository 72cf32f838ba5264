import { chmodSync, cpSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { forecastPull } from '../../../main/features/transfer/forecast-pull.ts';
import { forecastPush } from '../../../main/features/transfer/forecast-push.ts';
import { isInsecureFor } from '../../../main/foundation/engine/insecure-registries.ts';
import { checkLogin } from '../../../main/foundation/registries/check-login.ts';
import { Keychain, type Lock } from '../../../main/foundation/registries/logins/keychain.ts';
import { Logins } from '../../../main/foundation/registries/logins/logins.ts';
import { makeCommands } from '../../../tools/engine/docker-command.ts';
import { about, countsOfPush, host, traits } from '../../support/engines/own-engine.ts';
import { startApp, type TestApp } from '../../support/make-app.ts';
import { makeRandomImage } from '../../support/random-image.ts';
import { runRegistry, someone } from '../../support/run-registry.ts';
import { startTokenGiver } from '../../support/token-giver.ts';
import { WorkFolder } from '../../support/work-folder.ts';

const { docker } = makeCommands(host);
const never = { logins: new Logins(), isInsecure: async () => false, takesTokens: () => traits.takesTokens };

let home: WorkFolder;
beforeEach(() => {
  home = new WorkFolder({ 'config.json': '{}' });
  vi.stubEnv('DOCKER_CONFIG', home.path);
});
afterEach(() => {
  vi.unstubAllEnvs();
  home[Symbol.dispose]();
});

/** An address of this computer that engines don't trust by themselves: those of a private engine are in a network of its own. */
function ownAddress(): string {
  const all = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
  return all.find(({ internal, family }) => !internal && family === 'IPv4')?.address ?? '';
}

/** Works like the system's keychain, and a test can look into it. */
const makeLock = (isThere = true): Lock => ({
  isThere: async () => isThere,
  seal: async (text) => Buffer.from([...text].reverse().join('')),
  open: async (sealed) => [...sealed.toString()].reverse().join(''),
});

const makeKeychain = (isThere = true) => new Keychain(home.file('logins.json'), makeLock(isThere));

const withLogins = () => startApp(host, { folder: home.path, lock: makeLock() });

const pushForecast = (app: TestApp, reference: string) =>
  forecastPush(app.connection.engine, { reference, target: reference }, app.forecasts);
const pullForecast = (app: TestApp, reference: string) => forecastPull(app.connection.engine, { reference }, app.forecasts);

describe('a registry with names and passwords', () => {
  test('says before anything is sent that it wants a sign-in, checks it, and uses it for push, pull and forecast', async () => {
    await using registry = await runRegistry({ login: true });
    await using app = await withLogins();
    const { logins } = app.access;
    const reference = `${registry.address}/team/app:1`;
    await makeRandomImage(host, reference, 100_000);
    await expect(pushForecast(app, reference)).rejects.toMatchObject({ failure: { kind: 'sign-in', registry: registry.address } });
    expect((await app.run({ kind: 'push', references: [reference], to: 'own-registry' })).failure?.kind).toBe('sign-in');

    await expect(checkLogin(registry.address, { ...someone, password: 'wrong' }, never)).rejects.toMatchObject({
      failure: { kind: 'sign-in' },
    });
    await logins.store(registry.address, (await checkLogin(registry.address, someone, never)).secret);
    expect(await logins.list()).toEqual([{ registry: registry.address, username: someone.username, keptIn: { kind: 'keychain' } }]);
    const forecast = await pushForecast(app, reference);
    expect(forecast).toMatchObject({ toSend: about(100_000), registry: { username: someone.username } });
    const pushed = await app.run({ kind: 'push', references: [reference], to: 'own-registry' });
    expect(pushed.result).toMatchObject(countsOfPush(1, 0, forecast.toSend));
    expect((await pullForecast(app, reference)).registry.visibility).toBe('private');

    // none of it is readable, and it is gone after signing out
    const kept = readFileSync(home.file('logins.json'), 'utf8') + JSON.stringify(app.tasks.tasks);
    for (const secret of [someone.password, Buffer.from(someone.password).toString('base64')]) expect(kept).not.toContain(secret);
    await logins.forget(registry.address);
    expect(await logins.list()).toEqual([]);
    await expect(pullForecast(app, reference)).rejects.toMatchObject({ failure: { kind: 'sign-in' } });
  });

  test('of several names the rejected one is named, with its registry and what was published before', async () => {
    await using open = await runRegistry();
    await using locked = await runRegistry({ login: true });
    await using app = await withLogins();
    const references = [`${open.address}/it-many:1`, `${locked.address}/it-many:1`];
    await makeRandomImage(host, references[0] ?? '', 100_000);
    await docker(['tag', ...references]);
    const { failure } = await app.run({ kind: 'push', references, to: 'own-registry' });
    expect(failure).toMatchObject({ kind: 'sign-in', registry: locked.address });
    expect(failure?.detail).toContain(`This was about ${references[1]}. Already published: ${references[0]}.`);
    expect(await open.tagsOf('it-many')).toEqual(['1']);
  });

  test('an open registry takes any password, and the app says so', async () => {
    await using registry = await runRegistry();
    expect(await checkLogin(registry.address, { username: 'me', password: 'any' }, never)).toMatchObject({ isChecked: false });
  });

  test('without a keychain a login lives in memory only', async () => {
    const keychain = makeKeychain(false);
    const logins = new Logins(keychain);
    await logins.store('r.example', { username: 'me', password: 'secret' });
    expect(await logins.list()).toEqual([{ registry: 'r.example', username: 'me', keptIn: { kind: 'memory' } }]);
    expect(await new Logins(makeKeychain(false)).list()).toEqual([]);
  });

  test('if docker has a credential helper, it keeps the login, and removes it again', async () => {
    const store = home.file('store');
    mkdirSync(store);
    home.write(
      'docker-credential-drawer',
      `#!/bin/sh
cd "${store}"
case "$1" in
  store) cat > new; name=$(sed 's/.*"ServerURL":"\\([^"]*\\)".*/\\1/' new | tr '/:' '__'); mv new "$name" ;;
  get) read server; cat "$(echo "$server" | tr '/:' '__')" 2>/dev/null || { echo "credentials not found"; exit 1; } ;;
  erase) read server; rm -f "$(echo "$server" | tr '/:' '__')" ;;
  list) echo '{}' ;;
esac
`,
    );
    chmodSync(home.file('docker-credential-drawer'), 0o755);
    home.write('config.json', JSON.stringify({ credHelpers: { 'r.example:5000': 'drawer' } }));
    vi.stubEnv('PATH', `${home.path}${delimiter}${process.env.PATH}`);
    const logins = new Logins(makeKeychain());
    await logins.store('r.example:5000', { username: 'me', password: 'p"\\ü' });
    expect(await logins.find('r.example:5000')).toMatchObject({ username: 'me', password: 'p"\\ü' });
    expect(await logins.list()).toEqual([{ registry: 'r.example:5000', username: 'me', keptIn: { kind: 'helper', name: 'drawer' } }]);
    await logins.forget('r.example:5000');
    expect(await logins.find('r.example:5000')).toBeUndefined();
    await logins.store('r.example:5000', { username: 'me', password: 'p' });
    home.write('docker-credential-drawer', readFileSync(home.file('docker-credential-drawer'), 'utf8').replace('rm -f', 'test ! -e'));
    await expect(logins.forget('r.example:5000')).rejects.toThrow('You’re still signed in to r.example:5000');
  });

  test('signing out takes a login out of docker’s own file and leaves the rest of it as it was', async () => {
    const auth = Buffer.from('me:secret').toString('base64');
    home.write('config.json', JSON.stringify({ auths: { 'https://r.example/v1/': { auth }, other: { auth } }, detachKeys: 'ctrl-a' }));
    const logins = new Logins();
    expect(await logins.find('r.example')).toMatchObject({ username: 'me', password: 'secret' });
    await logins.forget('r.example');
    expect(JSON.parse(readFileSync(home.file('config.json'), 'utf8'))).toEqual({ auths: { other: { auth } }, detachKeys: 'ctrl-a' });
  });
});

describe('a registry with tokens', () => {
  test('a person signs in once, and a token stands for the password from then on', async () => {
    using tokens = await startTokenGiver();
    await using registry = await runRegistry({ tokens });
    await using app = await withLogins();
    const { logins } = app.access;
    const own = `${registry.address}/${someone.username}/app:1`;
    await makeRandomImage(host, own, 50_000);
    await expect(pushForecast(app, own)).rejects.toMatchObject({ failure: { kind: 'sign-in' } });
    await expect(checkLogin(registry.address, { ...someone, password: 'wrong' }, never)).rejects.toMatchObject({
      failure: { kind: 'sign-in' },
    });

    const kept = await checkLogin(registry.address, someone, never);
    const token = { username: someone.username, identitytoken: tokens.identityToken };
    expect(kept).toEqual({ secret: traits.takesTokens ? token : someone, isChecked: true });
    expect(tokens.seen).not.toContain('POST refresh_token');
    if (!traits.takesTokens) {
      // from a sign-in while another engine was in use
      await logins.store(registry.address, token);
      const refused = await app.run({ kind: 'push', references: [own], to: 'own-registry' });
      const words = { kind: 'sign-in', title: `Podman can’t use your sign-in to ${registry.address}` };
      expect(refused.failure).toMatchObject(words);
      // what is public can be got without it
      const got = await app.run({ kind: 'pull', reference: own });
      expect(got.failure).toMatchObject(words);
      using folder = new WorkFolder({ Dockerfile: `FROM ${own}-absent\nRUN true\n` });
      const order = { folder: app.readable(folder.path), dockerfile: 'Dockerfile', references: ['it-token:1'] };
      expect((await app.run({ kind: 'build', ...order })).failure).toMatchObject(words);
    }
    await logins.store(registry.address, kept.secret);
    const forecast = await pushForecast(app, own);
    expect(forecast).toMatchObject({ toSend: about(50_000) });
    // with Podman, the app asks by the other one where tags are that will be pushed to
    if (traits.takesTokens) expect(tokens.seen).toContain('POST refresh_token');
    const pushed = await app.run({ kind: 'push', references: [own], to: 'own-registry' });
    expect(pushed).toMatchObject({ state: 'succeeded', result: countsOfPush(1, 0, forecast.toSend) });
    expect(await pullForecast(app, own)).toMatchObject({ registry: { visibility: 'private' } });

    // somebody else's namespace is turned away before anything is sent
    const foreign = `${registry.address}/another/app:1`;
    await docker(['tag', own, foreign]);
    await expect(pushForecast(app, foreign)).rejects.toMatchObject({
      failure: { kind: 'registry-refused', title: `You may not push to ${registry.address}/another/app` },
    });
    await expect(pullForecast(app, `${registry.address}/public/none:1`)).rejects.toMatchObject({ failure: { kind: 'not-found' } });
  });
});

describe('a registry with a certificate of its own authority', () => {
  test('is told apart from one that is down, and trusted as the engine trusts it', async () => {
    await using registry = await runRegistry({ tlsAt: ownAddress() });
    await using app = await withLogins();
    const reference = `${registry.address}/app:1`;
    await makeRandomImage(host, reference, 50_000);
    expect(await isInsecureFor(app.connection.engine, registry.address)).toBe(false);
    await expect(pushForecast(app, reference)).rejects.toMatchObject({
      failure: { title: 'The connection to the registry isn’t trusted' },
    });
    expect((await app.run({ kind: 'push', references: [reference], to: 'own-registry' })).failure?.title).toMatch(/isn’t trusted/);

    const trusted = join('/etc/docker/certs.d', registry.address);
    try {
      mkdirSync(trusted, { recursive: true });
      cpSync(registry.authority, join(trusted, 'ca.crt'));
      const forecast = await pushForecast(app, reference);
      expect(forecast).toMatchObject({ toSend: about(50_000), registry: { isPlain: false } });
      const pushed = await app.run({ kind: 'push', references: [reference], to: 'own-registry' });
      expect(pushed).toMatchObject({ state: 'succeeded', result: countsOfPush(1, 0, forecast.toSend) });
    } finally {
      rmSync(trusted, { recursive: true, force: true });
    }
  });
});
