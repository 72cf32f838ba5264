import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { makeCommands } from '../../tools/engine/docker-command.ts';
import { TestApp } from '../support/make-app.ts';
import { WorkFolder } from '../support/work-folder.ts';

const host = inject('host');
const base = inject('base');

// base64 of the login has "+" and "/" in it as well
const user = 'someone';
const password = 'a+b/c+d/e==:f';
/** Of that password, with bcrypt. */
const htpasswd = `${user}:$2b$05$TCWuqRFhYgyOLuvp8akdi.Xia5hJ0p5Gzz./xwtzwi02Yp8iFaQCO\n`;

const { docker } = makeCommands(host);
const config = new WorkFolder();
const before = process.env.DOCKER_CONFIG;
let container = '';
let image = '';

function signIn(address: string, login: string): void {
  config.write('config.json', JSON.stringify({ auths: { [address]: { auth: Buffer.from(login).toString('base64') } } }));
  process.env.DOCKER_CONFIG = config.path;
}

beforeAll(async () => {
  using folder = new WorkFolder({ Dockerfile: 'FROM registry:2\nCOPY htpasswd /htpasswd\n', htpasswd });
  await docker(['build', '--quiet', '--tag', 'it-private-registry:1', folder.path]);
  const settings = { REGISTRY_AUTH: 'htpasswd', REGISTRY_AUTH_HTPASSWD_REALM: 'test', REGISTRY_AUTH_HTPASSWD_PATH: '/htpasswd' };
  const env = Object.entries(settings).flatMap(([name, value]) => ['--env', `${name}=${value}`]);
  container = (await docker(['run', '--detach', '--publish', '127.0.0.1:0:5000', ...env, 'it-private-registry:1'])).trim();
  const address = (await docker(['port', container, '5000'])).trim().replace('127.0.0.1', 'localhost');
  image = `${address}/private/base:1`;
  await docker(['tag', base, image]);
  signIn(address, `${user}:${password}`);
  await using app = new TestApp(host);
  await app.connected();
  // a registry that just begins refuses connections for a moment; one that answers asks who is there
  await expect
    .poll(
      () =>
        fetch(`http://${address}/v2/`).then(
          ({ status }) => status,
          () => 'no answer',
        ),
      { timeout: 10_000 },
    )
    .toBe(401);
  expect((await app.run({ kind: 'push', references: [image], to: 'own-registry' })).state).toBe('succeeded');
});

afterAll(async () => {
  if (before === undefined) delete process.env.DOCKER_CONFIG;
  else process.env.DOCKER_CONFIG = before;
  config[Symbol.dispose]();
  await docker(['rm', '--force', '--volumes', container]);
});

describe.each(['automatic', 'classic'] as const)('builder %s: a base image that only a login gives', (builder) => {
  const build = async (login: string) => {
    await using app = new TestApp(host);
    app.builder = builder;
    await app.connected();
    signIn(image.split('/')[0] ?? '', login);
    await docker(['rmi', '--force', image]);
    using folder = new WorkFolder({ Dockerfile: `FROM ${image}\nRUN echo ${Math.random()}\n` });
    return await app.run({
      kind: 'build',
      folder: app.readable(folder.path),
      dockerfile: 'Dockerfile',
      references: ['it-private:1'],
      pullBase: true,
    });
  };

  test('with the right one', async () => {
    expect(await build(`${user}:${password}`)).toMatchObject({ state: 'succeeded' });
  });

  test('with a wrong one the words say what to do', async () => {
    expect(await build(`${user}:wrong`)).toMatchObject({ state: 'failed', failure: { kind: 'sign-in' } });
  });
});
