import { truncateSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { answerOpenDialog } from '../../../tools/drive/answer-dialogs.ts';
import type { Engine } from '../../../tools/engine/engine.ts';
import { runRegistry, someone } from '../../support/run-registry.ts';
import { expect, test } from '../../support/window/app.ts';
import { builders, buildHeading, chooseBuilder, chooseFolder, showLog, startBuild } from '../../support/window/build-in-window.ts';
import { dialogOf } from '../../support/window/find-in-window.ts';
import { imageId } from '../../support/window/read-engine.ts';
import { WorkFolder } from '../../support/work-folder.ts';

/** Pushes an image of random bytes under a name, and removes it from the engine again. */
async function publish(engine: Engine, reference: string, megabytes: number): Promise<void> {
  const input = `FROM layerdeck/base:1\nRUN dd if=/dev/urandom of=/random bs=1M count=${megabytes}\n`;
  await engine.docker(['build', '--tag', reference, '-'], { input });
  await engine.docker(['push', reference]);
  await engine.docker(['rmi', reference]);
}

for (const builder of builders) {
  test.describe(`with ${builder}, stopped`, () => {
    test.beforeEach(({ window }) => chooseBuilder(window, builder));

    test('while the folder is being sent', async ({ engine, app, window }) => {
      using folder = new WorkFolder({ Dockerfile: 'FROM layerdeck/base:1\nCOPY . /c\n', large: '' });
      truncateSync(folder.file('large'), 20_000_000_000); // takes no space here, and is too long to be sent before the stop
      await chooseFolder(app, window, folder.path);
      await startBuild(window, 'e2e-sending:1');
      await expect(window.getByRole('region', { name: 'Steps' })).toContainText(/Send(?:ing)? the folder · [\d.]+\s[MG]B/);
      await window.getByRole('button', { name: 'Stop', exact: true }).click();
      await expect(buildHeading(window, 'The build of e2e-sending:1 was stopped')).toBeVisible();
      expect(await imageId(engine, 'e2e-sending:1')).toBe('');
    });

    test('while its base image is being downloaded', async ({ engine, app, window }) => {
      await using registry = await runRegistry();
      using slow = await registry.slowDoor(400_000);
      await publish(engine, `${registry.address}/e2e-slow-base:1`, 8);
      using folder = new WorkFolder({ Dockerfile: `FROM ${slow.address}/e2e-slow-base:1\nRUN true\n` });
      await chooseFolder(app, window, folder.path);
      await startBuild(window, 'e2e-pulling:1');
      const from = window.getByRole('region', { name: 'Steps' }).getByRole('listitem').filter({ hasText: 'FROM' });
      await expect(from).toContainText(/of 8/, { timeout: 30_000 });
      await window.getByRole('button', { name: 'Stop', exact: true }).click();
      await expect(buildHeading(window, 'The build of e2e-pulling:1 was stopped')).toBeVisible();
      expect(await imageId(engine, 'e2e-pulling:1')).toBe('');
    });
  });
}

test('a secret is in no layer, no log and no history', async ({ engine, launch, folder: home }) => {
  const secret = `secret-${Math.random()}`;
  using elsewhere = new WorkFolder({ 'token.txt': secret });
  using folder = new WorkFolder({
    Dockerfile: 'FROM layerdeck/base:1\nRUN --mount=type=secret,id=token sha256sum /run/secrets/token > /sum && echo read it\n',
  });
  const app = await launch();
  const window = await app.firstWindow();
  await chooseFolder(app, window, folder.path);
  await expect(dialogOf(window)).toContainText('a step asks for the secret token');
  await dialogOf(window)
    .getByText(/^Options/)
    .click();
  await answerOpenDialog(app, [elsewhere.file('token.txt')]);
  await dialogOf(window).getByRole('button', { name: 'Choose the file of the secret token' }).click();
  await startBuild(window, 'e2e-no-trace:1');
  await expect(buildHeading(window, 'e2e-no-trace:1 is built')).toBeVisible();
  await expect(await showLog(window)).toContainText('read it');

  const archive = join(home, 'image.tar');
  await engine.docker(['save', '--output', archive, 'e2e-no-trace:1']);
  expect((await readFile(archive)).includes(secret)).toBe(false);
  expect(await engine.docker(['history', '--no-trunc', 'e2e-no-trace:1'])).not.toContain(secret);
  await expect.poll(() => readdir(join(home, 'user-data/builds'))).toContain('index.json');
  const kept = await readdir(join(home, 'user-data'), { recursive: true, withFileTypes: true });
  const files = kept.filter((one) => one.isFile()).map((one) => join(one.parentPath, one.name));
  expect(files.some((file) => file.endsWith('build.json'))).toBe(true);
  for (const file of files) expect((await readFile(file)).includes(secret), file).toBe(false);
});

test('a base image that needs a login with + and / in it', async ({ engine, launch, folder: home }) => {
  const { username: user, password } = someone;
  await using registry = await runRegistry({ login: true });
  using config = new WorkFolder({
    'config.json': JSON.stringify({ auths: { [registry.address]: { auth: Buffer.from(`${user}:${password}`).toString('base64') } } }),
  });
  const image = `${registry.address}/private/base:1`;
  await engine.docker(['tag', 'layerdeck/base:1', image]);
  await engine.docker(['push', image], { env: { DOCKER_CONFIG: config.path } });
  await engine.docker(['rmi', image]);

  using folder = new WorkFolder({ Dockerfile: `FROM ${image}\nRUN echo ${Math.random()}\n` });
  const app = await launch({ home: join(home, 'signed-in'), env: { DOCKER_CONFIG: config.path } });
  const window = await app.firstWindow();
  for (const builder of builders) {
    await chooseBuilder(window, builder);
    await chooseFolder(app, window, folder.path);
    await startBuild(window, `e2e-private-${builder.toLowerCase()}:1`);
    await expect(buildHeading(window, `e2e-private-${builder.toLowerCase()}:1 is built`)).toBeVisible();
  }
});
