import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeCommands } from '../../../tools/engine/docker-command.ts';
import { base, host } from '../../support/engines/own-engine.ts';
import { startApp } from '../../support/make-app.ts';
import { runRegistry, someone } from '../../support/run-registry.ts';
import { WorkFolder } from '../../support/work-folder.ts';

const { docker } = makeCommands(host);
const config = new WorkFolder();
const before = process.env.DOCKER_CONFIG;
let registry: Awaited<ReturnType<typeof runRegistry>>;
let image = '';

function signIn(address: string, login: string): void {
  config.write('config.json', JSON.stringify({ auths: { [address]: { auth: Buffer.from(login).toString('base64') } } }));
  process.env.DOCKER_CONFIG = config.path;
}

beforeAll(async () => {
  registry = await runRegistry({ login: true });
  image = `${registry.address}/private/base:1`;
  await docker(['tag', base, image]);
  signIn(registry.address, `${someone.username}:${someone.password}`);
  await using app = await startApp(host);
  expect((await app.run({ kind: 'push', references: [image], to: 'own-registry' })).state).toBe('succeeded');
});

afterAll(async () => {
  if (before === undefined) delete process.env.DOCKER_CONFIG;
  else process.env.DOCKER_CONFIG = before;
  config[Symbol.dispose]();
  await registry[Symbol.asyncDispose]();
});

describe.each(['automatic', 'classic'] as const)('builder %s: a base image that needs a login', (builder) => {
  const build = async (login: string) => {
    await using app = await startApp(host, { builder: builder });
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
    expect(await build(`${someone.username}:${someone.password}`)).toMatchObject({ state: 'succeeded' });
  });

  test('with a wrong one, which the failure explains', async () => {
    expect(await build(`${someone.username}:wrong`)).toMatchObject({ state: 'failed', failure: { kind: 'sign-in' } });
  });
});
