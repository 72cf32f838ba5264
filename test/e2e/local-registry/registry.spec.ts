import { createServer, type Server } from 'node:net';
import type { Page } from '@playwright/test';
import type { Engine } from '../../../tools/engine/engine.ts';
import { makeRandomImage } from '../../support/random-image.ts';
import { expect, test } from '../../support/window/app.ts';
import { dialogOf, openImage, showPage } from '../../support/window/find-in-window.ts';
import { headline } from '../../support/window/transfer-in-window.ts';

const state = (window: Page) => window.getByRole('region', { name: 'Registry state' });

async function startRegistry(window: Page): Promise<void> {
  await showPage(window, 'Registry');
  await window.getByRole('button', { name: 'Start the registry' }).click();
  await expect(state(window)).toContainText('Running at');
}

async function stopRegistry(window: Page): Promise<void> {
  await showPage(window, 'Registry');
  await window.getByRole('button', { name: 'Stop the registry' }).click();
  await expect(window.getByRole('heading', { name: 'The registry is stopped' })).toBeVisible();
}

/** Where the engine says that the registry's container answers: `localhost:5000`. */
const addressOf = async (engine: Engine): Promise<string> =>
  (await engine.docker(['port', 'layerdeck-registry', '5000'])).trim().replace('127.0.0.1', 'localhost');

const registryContainers = async (engine: Engine): Promise<string[]> =>
  (await engine.docker(['ps', '--all', '--filter', 'ancestor=registry:2', '--format', '{{.Names}} {{.State}}']))
    .split('\n')
    .filter(Boolean);

test('one button starts a registry that keeps what is pushed to it, stopped or not', async ({ engine, app, window }) => {
  await showPage(window, 'Registry');
  await expect(window.getByRole('heading', { name: 'No registry yet' })).toBeVisible();
  await startRegistry(window);
  const address = await addressOf(engine);
  await expect(state(window)).toContainText(address);
  await window.getByRole('button', { name: `Copy ${address}` }).click();
  await expect.poll(() => app.evaluate(({ clipboard }) => clipboard.readText())).toBe(address);

  await makeRandomImage(engine.host, 'e2e-published:1', 1000);
  await openImage(window, 'e2e-published:1');
  await window.getByRole('button', { name: 'Push…' }).click();
  await dialogOf(window).getByRole('radio', { name: 'The registry on this computer' }).check();
  await expect(dialogOf(window)).toContainText(`As ${address}/e2e-published:1`);
  await dialogOf(window).getByRole('button', { name: /^Push/ }).click();
  await expect(headline(window, `Everyone on this computer can now get ${address}/e2e-published:1`)).toBeVisible();
  const tags = async (at: string) => (await fetch(`http://${at}/v2/e2e-published/tags/list`)).json();
  expect(await tags(address)).toEqual({ name: 'e2e-published', tags: ['1'] });
  await showPage(window, 'Registry');
  await window.getByRole('link', { name: `${address} on this computer` }).click();
  await window.getByRole('list', { name: 'Repositories' }).getByRole('link', { name: 'e2e-published' }).click();
  await expect(window.getByRole('row', { name: '1', exact: true })).toContainText('You have this one');

  await stopRegistry(window);
  expect(await registryContainers(engine)).toEqual(['layerdeck-registry exited']);
  await expect(fetch(`http://${address}/v2/`)).rejects.toThrow();

  await startRegistry(window);
  expect(await registryContainers(engine)).toEqual(['layerdeck-registry running']);
  expect(await tags(await addressOf(engine))).toEqual({ name: 'e2e-published', tags: ['1'] });
  await stopRegistry(window);
});

test('a port in use is skipped', async ({ engine, window }) => {
  using taken = await takePort(5000);
  await startRegistry(window);
  const address = await addressOf(engine);
  expect(address).toMatch(/^localhost:50(?:0[1-5]|50|51)$/);
  await expect(state(window)).toContainText(address);
  expect((await fetch(`http://${address}/v2/`)).ok).toBe(true);
  expect(taken.port).toBe(5000);
  await stopRegistry(window);
});

test('a registry that another program stops or removes is shown as it is', async ({ engine, window }) => {
  await startRegistry(window);
  await engine.docker(['stop', '--time', '1', 'layerdeck-registry']);
  await expect(window.getByRole('heading', { name: 'The registry is stopped' })).toBeVisible();
  await engine.docker(['rm', 'layerdeck-registry']);
  await expect(window.getByRole('heading', { name: 'No registry yet' })).toBeVisible();
});

/** Occupies a port of this computer; if something else does already, that will do. */
async function takePort(port: number) {
  const server = await new Promise<Server | undefined>((resolve) => {
    const listening = createServer()
      .once('error', () => resolve(undefined))
      .listen(port, '127.0.0.1', () => resolve(listening));
  });
  return { port, [Symbol.dispose]: () => server?.close() };
}
