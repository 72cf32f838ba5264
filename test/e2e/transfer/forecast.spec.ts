import { putIndex } from '../../support/put-index.ts';
import { makeRandomImage } from '../../support/random-image.ts';
import { runRegistry } from '../../support/run-registry.ts';
import { expect, test } from '../../support/window/app.ts';
import { dialogOf, openImage, rowOf, showPage } from '../../support/window/find-in-window.ts';
import { headline } from '../../support/window/transfer-in-window.ts';

const forecast = (window: Parameters<typeof dialogOf>[0]) => dialogOf(window).getByRole('region', { name: 'Forecast' });

test('a push says beforehand what it sends and where, and sends just that', async ({ engine, window }) => {
  await using registry = await runRegistry();
  const reference = `${registry.address}/e2e-forecast:1`;
  await makeRandomImage(engine.host, reference, 2_000_000);
  await openImage(window, reference);
  await window.getByRole('button', { name: 'Push…' }).click();
  await expect(forecast(window)).toContainText(/Sends 2\.0\sMB: 1\slayer\./);
  await expect(forecast(window)).toContainText(`${registry.address}, e2e-forecast · without a sign-in · not encrypted`);
  await dialogOf(window).getByRole('button', { name: /^Push/ }).click();
  await expect(headline(window, 'Everyone on this computer')).toBeVisible();
  await expect(window.getByRole('region', { name: 'Result' })).toContainText(/1\slayer sent, 2\.0\sMB\./);

  // another image has the name: the forecast says which image loses it
  await openImage(window, reference);
  await window.getByRole('button', { name: 'Push…' }).click();
  await expect(forecast(window)).toContainText('Sends nothing: every layer is already there.');
  await dialogOf(window).getByRole('button', { name: 'Cancel' }).click();
  await makeRandomImage(engine.host, reference, 1_000_000);
  await showPage(window, 'Images');
  await expect(rowOf(window, reference)).toContainText(/1\.0\sMB/);
  await openImage(window, reference);
  await window.getByRole('button', { name: 'Push…' }).click();
  await expect(forecast(window)).toContainText(/Sends 1\.0\sMB: 1\slayer\./);
  await expect(forecast(window)).toContainText('The name belongs to another image there now');
});

test('several names are pushed in one task, and layers that they share are sent once', async ({ engine, window }) => {
  await using registry = await runRegistry();
  const first = `${registry.address}/e2e-names/one:1`;
  const second = `${registry.address}/e2e-names/two:1`;
  await makeRandomImage(engine.host, first, 1_000_000);
  await engine.docker(['tag', first, second]);
  await openImage(window, first);
  await window.getByRole('button', { name: 'Push…' }).click();
  for (const name of [first, second]) await dialogOf(window).getByRole('checkbox', { name }).check();
  await expect(dialogOf(window)).toContainText('Sends nothing. The registry takes 1\u00a0layer from another of its repositories.');
  await dialogOf(window)
    .getByRole('button', { name: /^Push 2\snames, 1\.0\sMB$/ })
    .click();
  await expect(headline(window, 'can now get')).toContainText(`${first} and ${second}`);
  await expect(window.getByRole('region', { name: 'Result' })).toContainText(/1\slayer sent, 1\.0\sMB\./);
  for (const name of ['e2e-names/one', 'e2e-names/two']) expect(await registry.tagsOf(name)).toEqual(['1']);
});

test('a name is completed by the tags of its registry; a platform is chosen, and the forecast follows', async ({ engine, window }) => {
  await using registry = await runRegistry();
  const repository = `${registry.address}/e2e-platforms`;
  await makeRandomImage(engine.host, `${repository}:one`, 500_000);
  await engine.docker(['push', `${repository}:one`]);
  await putIndex(registry.address, 'e2e-platforms', { from: 'one', to: 'all' }, ['linux/arm64/v8', 'linux/s390x']);
  await engine.docker(['rmi', `${repository}:one`]);

  await showPage(window, 'Images');
  await window.getByRole('button', { name: 'Get an image…' }).click();
  await dialogOf(window).getByLabel('Name and tag').fill(`${repository}:`);
  await window.getByRole('option', { name: `${repository}:all` }).click();
  await expect(forecast(window)).toContainText(/Downloads at most 500\skB: 1\slayer\./);
  await dialogOf(window).getByLabel('Platform').click();
  await expect(window.getByRole('option')).toHaveText([/linux\/amd64 · 500\skB/, /linux\/arm64\/v8 · 500\skB/, /linux\/s390x · 500\skB/]);
  await window.getByRole('option', { name: /arm64/ }).click();
  await expect(forecast(window)).toContainText('Downloads');
  await dialogOf(window).getByRole('button', { name: 'Get the image' }).click();
  await expect(headline(window, 'The image is here now')).toBeVisible();
  expect((await engine.docker(['image', 'inspect', '--format', '{{.Architecture}}', `${repository}:all`])).trim()).toBe('arm64');
});

test('layers that only the build cache keeps are forecast as “at most”, and the result says what came', async ({ engine, window }) => {
  await using registry = await runRegistry();
  const reference = `${registry.address}/e2e-cached:1`;
  const dockerfile = `FROM layerdeck/base:1\nRUN echo ${Math.random()} > /made\n`;
  await engine.docker(['build', '--quiet', '--tag', reference, '-'], { input: dockerfile, env: { DOCKER_BUILDKIT: '1' } });
  await engine.docker(['push', '--quiet', reference]);
  await engine.docker(['rmi', reference]);
  await showPage(window, 'Images');
  await window.getByRole('button', { name: 'Get an image…' }).click();
  await dialogOf(window).getByLabel('Name and tag').fill(reference);
  await expect(forecast(window)).toContainText(/Downloads at most .*B: .*layers?\./);
  await dialogOf(window).getByRole('button', { name: 'Get the image' }).click();
  await expect(headline(window, 'The image is here now')).toBeVisible();
  await expect(window.getByRole('region', { name: 'Result' })).toContainText(
    /Nothing had to be downloaded: all \d\slayers were already here\./,
  );
});

test('the same image asked for twice is one task', async ({ engine, window }) => {
  await using registry = await runRegistry();
  using door = await registry.slowDoor(300_000);
  const reference = `${door.address}/e2e-shared:1`;
  await makeRandomImage(engine.host, `${registry.address}/e2e-shared:1`, 2_000_000);
  await engine.docker(['push', `${registry.address}/e2e-shared:1`]);
  await engine.docker(['rmi', `${registry.address}/e2e-shared:1`]);
  const get = async () => {
    await showPage(window, 'Images');
    await window.getByRole('button', { name: 'Get an image…' }).click();
    await dialogOf(window).getByLabel('Name and tag').fill(reference);
    await dialogOf(window).getByRole('button', { name: 'Get the image' }).click();
    await expect(window.getByRole('heading', { level: 1 })).toContainText(reference);
    return window.url();
  };
  const first = await get();
  expect(await get()).toBe(first);
  await window.getByRole('button', { name: 'Stop', exact: true }).click();
  await expect(headline(window, 'Stopped.')).toBeVisible();
  expect(await get()).not.toBe(first);
});

test('if a registry can’t be asked, the window says so, and the engine may still try', async ({ engine, window }) => {
  const reference = 'localhost:1/e2e-nowhere:1';
  await makeRandomImage(engine.host, reference, 1000);
  await openImage(window, reference);
  await window.getByRole('button', { name: 'Push…' }).click();
  await expect(dialogOf(window).getByRole('alert')).toContainText('The registry localhost:1 doesn’t answer');
  await expect(dialogOf(window).getByRole('button', { name: /^Push/ })).toBeEnabled();
});
