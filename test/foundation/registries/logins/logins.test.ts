import { chmodSync, readFileSync } from 'node:fs';
import { delimiter } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { toHeader } from '../../../../main/foundation/registries/logins/credentials.ts';
import { Logins } from '../../../../main/foundation/registries/logins/logins.ts';
import { WorkFolder } from '../../../support/work-folder.ts';

// the machine's own logins must not count
beforeEach(
  () => void vi.stubEnv('REGISTRY_AUTH_FILE', '').stubEnv('XDG_RUNTIME_DIR', '/nonexistent').stubEnv('XDG_CONFIG_HOME', '/nonexistent'),
);
afterEach(() => vi.unstubAllEnvs());

const configure = (config: object): WorkFolder => configureText(JSON.stringify(config));

function configureText(config: string): WorkFolder {
  const folder = new WorkFolder({ 'config.json': config });
  vi.stubEnv('DOCKER_CONFIG', folder.path);
  return folder;
}

const basic = (text: string) => Buffer.from(text).toString('base64');

test('a login of the configuration, with a colon in the password', async () => {
  using _ = configure({ auths: { 'ghcr.io': { auth: basic('me:a:b+/c') } } });
  expect(await new Logins().find('ghcr.io')).toEqual({ username: 'me', password: 'a:b+/c', serveraddress: 'ghcr.io' });
  expect(await new Logins().find('other.io')).toBeUndefined();
});

test('Docker Hub is kept under its old name', async () => {
  using _ = configure({ auths: { 'https://index.docker.io/v1/': { identitytoken: 'token' } } });
  for (const name of [undefined, 'docker.io']) expect(await new Logins().find(name)).toMatchObject({ identitytoken: 'token' });
});

test('the header is URL-safe base64, and an empty login if there is none', async () => {
  using _ = configure({ auths: { r: { auth: basic('ü?>:ü?>~~~') } } });
  expect(toHeader((await new Logins().find('r')) ?? {})).toMatch(/^[\w-]+={0,2}$/);
  expect(Buffer.from(toHeader((await new Logins().find('nothing')) ?? {}), 'base64url').toString()).toBe('{}');
});

test.skipIf(process.platform === 'win32')(
  'a credential helper is asked by its protocol, and a helper that fails gives no login',
  async () => {
    using folder = configure({ credHelpers: { 'helped.io': 'mine', 'broken.io': 'broken' } });
    folder.write('docker-credential-mine', `#!/bin/sh\nread host; echo "{\\"Username\\":\\"me@$host\\",\\"Secret\\":\\"s\\"}"\n`);
    folder.write('docker-credential-broken', '#!/bin/sh\nexit 1\n');
    for (const name of ['mine', 'broken']) chmodSync(folder.file(`docker-credential-${name}`), 0o755);
    vi.stubEnv('PATH', `${folder.path}${delimiter}${process.env.PATH}`);
    expect(await new Logins().find('helped.io')).toEqual({ username: 'me@helped.io', password: 's', serveraddress: 'helped.io' });
    expect(await new Logins().find('broken.io')).toBeUndefined();
  },
);

test('a helper’s name that is a path is not run', async () => {
  using _ = configure({ credsStore: '../../evil' });
  expect(await new Logins().find('r')).toBeUndefined();
});

describe('settings, however they are written, never break the reading of a login', () => {
  test.each([
    'null',
    '[]',
    '"x"',
    '{"auths":null}',
    '{"auths":{"r":null}}',
    '{"auths":{"r":{"auth":null}}}',
    '{"auths":{"r":"me:p"}}',
    '{"auths":[]}',
    '{"credHelpers":null,"credsStore":null}',
    '{"credsStore":7}',
    '{"auths":{"r":{"auth":"***"}}}',
    '{"auths":{"r":{"auth":"bm9jb2xvbg=="}}}',
    '{"auths":{"r":{"auth":"Og=="}}}',
    '{"auths":{"r":{"username":"","password":""}}}',
    '{"auths":{"__proto__":{"auth":"bWU6cA=="}}}',
    'no JSON',
  ])('%s is not a login', async (text) => {
    using _ = configureText(text);
    expect(await new Logins().find('r')).toBeUndefined();
    await expect(new Logins().list()).resolves.toBeInstanceOf(Array);
  });

  test.each([
    ['{"username":"me","password":"p"}', { username: 'me', password: 'p' }],
    ['{"auth":"bWU6cAAA"}', { username: 'me', password: 'p' }],
    ['{"auth":"bWU6cA==","username":"old","password":"old"}', { username: 'me', password: 'p' }],
    ['{"registrytoken":"tok"}', { registrytoken: 'tok' }],
    ['{"auth":"bWU6cA==","identitytoken":"tok"}', { identitytoken: 'tok' }],
  ])('%s is a login', async (entry, login) => {
    using _ = configureText(`{"auths":{"other":null,"r":${entry}}}`);
    expect(await new Logins().find('r')).toEqual({ ...login, serveraddress: 'r' });
  });

  test('a login for a part of a registry is not used for all of it', async () => {
    using _ = configure({ auths: { 'r.example/team': { auth: basic('team:p') }, 'https://r.example/v1/': { auth: basic('me:p') } } });
    expect(await new Logins().find('r.example')).toMatchObject({ username: 'me' });
  });
});

describe.skipIf(process.platform === 'win32')('helpers', () => {
  function withHelper(script: string): WorkFolder {
    const folder = configure({ credsStore: 'odd', auths: { r: { auth: basic('me:p') } } });
    folder.write('docker-credential-odd', `#!/bin/sh\ncat >/dev/null\n${script}\n`);
    chmodSync(folder.file('docker-credential-odd'), 0o755);
    vi.stubEnv('PATH', `${folder.path}${delimiter}${process.env.PATH}`);
    return folder;
  }

  test.each([
    `echo '{"ServerURL":"","Username":"","Secret":""}'`,
    `echo '{"ServerURL":null,"Username":null,"Secret":null}'`,
    'echo "[]"',
    'echo nonsense',
    'exit 1',
  ])('%s: it has none, and the file counts', async (script) => {
    using _ = withHelper(script);
    expect(await new Logins().find('r')).toMatchObject({ username: 'me' });
    expect(await new Logins().find('other')).toBeUndefined();
    expect(await new Logins().missingHelper('other')).toBeUndefined();
  });

  test('a missing helper is named', async () => {
    using _ = configure({ credsStore: 'of-nobody' });
    expect(await new Logins().find('r')).toBeUndefined();
    expect(await new Logins().missingHelper('r')).toBe('of-nobody');
  });
});

describe('Podman’s logins', () => {
  test('count if docker has none, are listed, and can be removed', async () => {
    using docker = configure({ auths: { 'r.example': { auth: basic('me:p') } } });
    using podman = new WorkFolder({
      'auth.json': JSON.stringify({
        auths: { 'r.example': { auth: basic('x:y') }, 'quay.io': { auth: basic('pod:p') }, 'quay.io/team': {} },
      }),
    });
    vi.stubEnv('REGISTRY_AUTH_FILE', podman.file('auth.json'));
    const logins = new Logins();
    expect(await logins.find('r.example')).toMatchObject({ username: 'me' });
    expect(await logins.find('quay.io')).toMatchObject({ username: 'pod' });
    expect(await logins.list()).toEqual([
      { registry: 'quay.io', username: 'pod', keptIn: { kind: 'podman-file' } },
      { registry: 'r.example', username: 'me', keptIn: { kind: 'docker-file' } },
    ]);
    await logins.forget('quay.io');
    expect(await logins.find('quay.io')).toBeUndefined();
    expect(JSON.parse(readFileSync(podman.file('auth.json'), 'utf8')).auths).toHaveProperty(['quay.io/team']);
    expect(readFileSync(docker.file('config.json'), 'utf8')).toContain('r.example');
  });

  test('are found where they usually are', async () => {
    using _ = configure({});
    using folder = new WorkFolder({ 'containers/auth.json': JSON.stringify({ auths: { 'docker.io': { auth: basic('hub:p') } } }) });
    vi.stubEnv('XDG_RUNTIME_DIR', folder.path);
    expect(await new Logins().find('docker.io')).toMatchObject({ username: 'hub', serveraddress: 'https://index.docker.io/v1/' });
  });
});
