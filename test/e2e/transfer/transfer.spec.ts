import type { Page } from '@playwright/test';
import type { Engine } from '../../../tools/engine/engine.ts';
import { makeRandomImage } from '../../support/random-image.ts';
import { runRegistry } from '../../support/run-registry.ts';
import { expect, test } from '../../support/window/app.ts';
import { dialogOf } from '../../support/window/find-in-window.ts';
import { namesLayersSent, retriesPushes } from '../../support/window/own-engine.ts';
import { imageId } from '../../support/window/read-engine.ts';
import { headline, pull, push, stop, untilPercent } from '../../support/window/transfer-in-window.ts';

test('an image is pushed, is already there the second time, and is pulled again', async ({ engine, app, window }) => {
  await using registry = await runRegistry();
  const reference = `${registry.address}/e2e-round:1`;
  await makeRandomImage(engine.host, reference, 2_000_000);
  const id = await imageId(engine, reference);

  await push(window, reference);
  await expect(headline(window, `Everyone on this computer can now get ${reference}`)).toBeVisible();
  const result = window.getByRole('region', { name: 'Result' });
  if (namesLayersSent) await expect(result).toContainText(/1\slayer sent, 2\.0\sMB\./);
  expect(await registry.tagsOf('e2e-round')).toEqual(['1']);
  const digest = await registry.digestOf('e2e-round', '1');
  expect(digest).toMatch(/^sha256:/);
  await expect(window.getByRole('region', { name: 'Result' })).toContainText(`docker pull ${registry.address}/e2e-round@${digest}`);
  await window.getByRole('button', { name: 'Copy the digest' }).click();
  await expect.poll(() => app.evaluate(({ clipboard }) => clipboard.readText())).toBe(digest);

  await push(window, reference);
  await expect(result).toBeVisible();
  if (namesLayersSent) {
    await expect(window.getByRole('region', { name: 'Nothing to send' })).toContainText('Already there');
    await expect(result).toContainText('Nothing had to be sent: the registry already had the layer.');
  }

  await engine.docker(['rmi', reference]);
  await pull(window, reference);
  await expect(headline(window, 'The image is here now')).toBeVisible();
  await expect(window.getByRole('region', { name: 'Downloaded' }).getByRole('listitem')).toHaveCount(1);
  await expect(window.getByRole('region', { name: 'Result' })).toContainText(/1\slayer downloaded(?:, 2\.0\sMB)?\./);
  await expect(window.getByRole('region', { name: 'Result' })).toContainText(String(digest));
  expect(await imageId(engine, reference)).toBe(id);

  await pull(window, reference);
  await expect(headline(window, 'Nothing to download: it was up to date')).toBeVisible();
});

test('a pull and a push show their progress while they run', async ({ engine, window }) => {
  await using registry = await runRegistry();
  using door = await registry.slowDoor(1_500_000);
  const reference = `${door.address}/e2e-bars:1`;
  await makeRandomImage(engine.host, reference, 3_000_000);
  await push(window, reference);
  if (namesLayersSent) {
    await untilPercent(window, 20);
    await expect(window.getByRole('region', { name: 'To send' }).getByRole('listitem')).toContainText(/Uploading\s*\d+%/);
    await expect(window.getByRole('region', { name: 'Progress' })).toContainText(/ of 3\.0\d?\sMB/);
  }
  await expect(headline(window, 'Everyone on this computer')).toBeVisible();
  await engine.docker(['rmi', reference]);
  await pull(window, reference);
  await untilPercent(window, 20);
  await expect(window.getByRole('region', { name: 'To download' }).getByRole('listitem')).toContainText(/Downloading\s*\d+%/);
  await expect(headline(window, 'The image is here now')).toBeVisible();
});

test('a push is stopped early and late, and publishes nothing', async ({ engine, window }) => {
  await using registry = await runRegistry();
  using door = await registry.slowDoor(400_000);
  const reference = `${door.address}/e2e-stop-push:1`;
  await makeRandomImage(engine.host, reference, 4_000_000);
  for (const bytes of [0, 800_000]) {
    await push(window, reference);
    if (bytes > 0) await expect.poll(door.sentBytes).toBeGreaterThan(bytes);
    await stop(window);
    await expect(headline(window, 'Stopped. Nothing half published was left.')).toBeVisible();
    await expect(window.getByRole('button', { name: 'Try again' })).toBeVisible();
  }
  expect(await registry.tagsOf('e2e-stop-push')).toEqual([]);
});

test('a pull is stopped early and late, and leaves no image', async ({ engine, window }) => {
  await using registry = await runRegistry();
  using door = await registry.slowDoor(400_000);
  const direct = `${registry.address}/e2e-stop-pull:1`;
  await makeRandomImage(engine.host, direct, 4_000_000);
  await engine.docker(['push', '--quiet', direct]);
  await engine.docker(['rmi', direct]);
  for (const percent of [0, 20]) {
    await pull(window, `${door.address}/e2e-stop-pull:1`);
    if (percent > 0) await untilPercent(window, percent);
    await stop(window);
    await expect(headline(window, 'Stopped. What had arrived is kept for next time.')).toBeVisible();
  }
  expect(await imageId(engine, `${door.address}/e2e-stop-pull:1`)).toBe('');
});

/** Begins a push, and takes the registry away in the middle of it. */
async function pushUntilGone(engine: Engine, window: Page, door: { address: string; slam(): void }): Promise<void> {
  const reference = `${door.address}/e2e-gone:1`;
  await makeRandomImage(engine.host, reference, 4_000_000);
  await push(window, reference);
  await untilPercent(window, 15);
  door.slam();
}

test('a registry that goes away in the middle of a push: the window counts down to the next try', async ({ engine, window }) => {
  test.skip(!retriesPushes);
  await using registry = await runRegistry();
  using door = await registry.slowDoor(400_000);
  await pushUntilGone(engine, window, door);
  await expect(window.getByRole('region', { name: 'To send' })).toContainText(/Trying again in \d+\sseconds?/);
  await stop(window);
  await expect(headline(window, 'Stopped.')).toBeVisible();
  expect(await registry.tagsOf('e2e-gone')).toEqual([]);
});

test('a registry that goes away in the middle of a push, if the engine gives up: the window says so and offers to try again', async ({
  engine,
  window,
}) => {
  test.skip(retriesPushes || !namesLayersSent);
  await using registry = await runRegistry();
  using door = await registry.slowDoor(400_000);
  await pushUntilGone(engine, window, door);
  await expect(window.getByRole('main').getByRole('alert')).toContainText(`The connection to the registry ${door.address} broke off`);
  await expect(window.getByRole('button', { name: 'Try again' })).toBeVisible();
  expect(await registry.tagsOf('e2e-gone')).toEqual([]);
});

test('a pull that can’t work says why', async ({ engine, window }) => {
  await using registry = await runRegistry();
  for (const [reference, reason] of [
    [`${registry.address}/e2e-nothing:1`, 'The registry has no image'],
    ['localhost:1/e2e-nothing:1', 'doesn’t answer'],
    ['e2e.invalid/nothing:1', 'doesn’t answer'],
  ] as const) {
    await pull(window, reference);
    await expect(window.getByRole('main').getByRole('alert')).toContainText(reason);
    await expect(headline(window, 'It did not arrive')).toBeVisible();
    expect(await imageId(engine, reference)).toBe('');
  }
});

test('an invalid name is refused before anything is asked for', async ({ window }) => {
  await window.getByRole('button', { name: 'Get an image…' }).click();
  const field = dialogOf(window).getByLabel('Name and tag');
  for (const [text, reason] of [
    ['Nginx', 'Names have lowercase letters only.'],
    ['nginx:la test', 'A tag has up to 128'],
    ['a//b', 'with nothing before or after it'],
    ['nginx@sha256:12', 'has to be a digest'],
  ] as const) {
    await field.fill(text);
    await expect(dialogOf(window)).toContainText(reason);
    await field.press('Enter');
    await expect(dialogOf(window).getByRole('button', { name: 'Get the image' })).toBeDisabled();
  }
});

test('a pasted command or address is understood as the name in it', async ({ window }) => {
  await window.getByRole('button', { name: 'Get an image…' }).click();
  const name = dialogOf(window).getByLabel('Name and tag');
  await name.fill('docker pull localhost:1/e2e-nothing:1.27');
  await expect(name).toHaveValue('localhost:1/e2e-nothing:1.27');
  await name.fill('https://hub.docker.com/_/nginx');
  await expect(name).toHaveValue('nginx');
});
