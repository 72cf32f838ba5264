import { chmodSync } from 'node:fs';
import { delimiter } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { Logins } from '../../main/logins/logins.ts';
import { WorkFolder } from '../support/work-folder.ts';

afterEach(() => vi.unstubAllEnvs());

function configure(config: object): WorkFolder {
  const folder = new WorkFolder({ 'config.json': JSON.stringify(config) });
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

test('the header is base64 that a URL can carry, and an empty login where there is none', async () => {
  using _ = configure({ auths: { r: { auth: basic('ü?>:ü?>~~~') } } });
  expect(await new Logins().header('r')).toMatch(/^[\w-]+={0,2}$/);
  expect(Buffer.from(await new Logins().header('nothing'), 'base64url').toString()).toBe('{}');
});

test.skipIf(process.platform === 'win32')('a credential helper is asked by its protocol, and one that fails is no login', async () => {
  using folder = configure({ credHelpers: { 'helped.io': 'mine', 'broken.io': 'broken' } });
  folder.write('docker-credential-mine', `#!/bin/sh\nread host; echo "{\\"Username\\":\\"me@$host\\",\\"Secret\\":\\"s\\"}"\n`);
  folder.write('docker-credential-broken', '#!/bin/sh\nexit 1\n');
  for (const name of ['mine', 'broken']) chmodSync(folder.file(`docker-credential-${name}`), 0o755);
  vi.stubEnv('PATH', `${folder.path}${delimiter}${process.env.PATH}`);
  expect(await new Logins().find('helped.io')).toEqual({ username: 'me@helped.io', password: 's', serveraddress: 'helped.io' });
  expect(await new Logins().find('broken.io')).toBeUndefined();
});

test('a helper’s name that is a path is not run', async () => {
  using _ = configure({ credsStore: '../../evil' });
  expect(await new Logins().find('r')).toBeUndefined();
});
