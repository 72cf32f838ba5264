import { appendFileSync, cpSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type ElectronApplication, expect, type Page } from '@playwright/test';
import { answerOpenDialog, answerSaveDialog } from '../drive/answer-dialogs.ts';
import { dropFiles } from '../drive/drop-files.ts';
import type { Engine } from '../engine/engine.ts';
import type { Narrator } from './narrator.ts';

const sample = join(import.meta.dirname, '../../assets/samples/hello-web');
const name = 'hello-web:1.0';

/** Builds, inspects, tags, pushes, removes, pulls, saves, removes and loads the sample; every outcome is checked in the engine. */
export async function roundTrip(app: ElectronApplication, engine: Engine, folder: string, narrator: Pick<Narrator, 'step'>): Promise<void> {
  const window = await app.firstWindow();
  await window.setViewportSize({ width: 1280, height: 800 });
  const step = (what: string, act: () => Promise<void>) => narrator.step(what, act, window);
  const idOf = async (reference: string) => (await engine.docker(['images', '--no-trunc', '--quiet', reference])).trim();
  const project = join(folder, 'hello-web');
  cpSync(sample, project, { recursive: true });
  const row = (reference: string) => window.getByRole('row', { name: reference, exact: true });
  const page = (title: string) => window.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: title }).click();

  await step('See the images of the engine', () => row('layerdeck/base:1').waitFor());
  await step('Choose the sample folder to build', async () => {
    await answerOpenDialog(app, [project]);
    await window.getByRole('button', { name: 'Build…' }).click();
    await window.getByRole('button', { name: /^Choose/ }).click();
    await window.getByLabel('Name and tag').fill(name);
  });
  await step('Build it', async () => {
    await window.getByRole('dialog').getByRole('button', { name: 'Build', exact: true }).click();
    await window.getByRole('heading', { name: `${name} is built` }).waitFor();
    expect(await idOf(name)).not.toBe('');
  });
  await step('Change a file, build again, and see why a step was built again', async () => {
    appendFileSync(join(project, 'site/index.html'), '<!-- changed -->\n');
    const before = window.url();
    await window.getByRole('button', { name: 'Build again' }).click();
    await expect(window).not.toHaveURL(before);
    await window.getByRole('heading', { name: `${name} is built` }).waitFor();
    await window
      .getByRole('button', { name: /^Why was step/ })
      .first()
      .click();
    await window
      .getByRole('region', { name: /^Why was step/ })
      .getByText('site/index.html')
      .waitFor();
  });
  const id = await idOf(name);
  await step('Look at its layers', async () => {
    await page('Images');
    await row(name).getByRole('link').click();
    await window.getByRole('tab', { name: 'Layers' }).waitFor();
    await window.getByRole('list', { name: /^Layers/ }).waitFor();
  });
  await step('Give it one more name', async () => {
    await window.getByRole('tab', { name: 'Tags' }).click();
    await window.getByRole('button', { name: 'Add a tag…' }).click();
    await window.getByLabel('Name and tag').fill('my-team/hello-web:stable');
    await window.getByRole('button', { name: 'Add the tag' }).click();
    await expect.poll(() => idOf('my-team/hello-web:stable')).toBe(id);
  });
  await step('Start a registry on this computer', async () => {
    await page('Registry');
    await window.getByRole('button', { name: 'Start the registry' }).click();
    await window.getByText('Running at').waitFor();
  });
  const address = (await engine.docker(['port', 'layerdeck-registry', '5000'])).trim().replace('127.0.0.1', 'localhost');
  const published = `${address}/${name}`;
  await step(`Push it to ${address}`, async () => {
    await openImage(window, page, row(name));
    await window.getByRole('button', { name: 'Push…' }).click();
    // the name that suits Docker Hub is proposed; on this computer any will do
    await window.getByRole('checkbox', { name: 'my-team/hello-web:stable' }).uncheck();
    await window.getByRole('checkbox', { name, exact: true }).check();
    await window.getByRole('radio', { name: 'The registry on this computer' }).check();
    await forecast(window, /^Sends/);
    await window.getByRole('dialog').getByRole('button', { name: 'Push' }).click();
    await window
      .getByText(/sha256:[0-9a-f]{12}/)
      .first()
      .waitFor();
    expect(await (await fetch(`http://${address}/v2/hello-web/tags/list`)).json()).toEqual({ name: 'hello-web', tags: ['1.0'] });
  });
  await step('Remove it here, with all its names', async () => {
    await removeImage(window, page, row(name));
    await expect.poll(() => idOf(name)).toBe('');
  });
  await step('Get it back from the registry', async () => {
    await page('Images');
    await window.getByRole('button', { name: 'Get an image…' }).click();
    await window.getByRole('combobox', { name: 'Name and tag' }).fill(published);
    await forecast(window, /already here|^Downloads/);
    await window.getByRole('dialog').getByRole('button', { name: /^Get/ }).click();
    await expect.poll(() => idOf(published)).toBe(id);
  });
  await step('Copy it from the registry into a file, without the engine', async () => {
    const copied = join(folder, 'copied.tar');
    await answerSaveDialog(app, copied);
    await page('Registry');
    await window.getByRole('button', { name: 'Copy an image…' }).click();
    await window.getByRole('combobox', { name: 'From' }).fill(published);
    await window.getByRole('radio', { name: 'A file' }).check();
    await forecast(window, /^Writes/);
    await window.getByRole('button', { name: 'Choose a place…' }).click();
    await window.getByText('The image is in the file now').waitFor();
    expect(statSync(copied).size).toBeGreaterThan(500_000);
  });
  const file = join(folder, 'hello-web.tar');
  await step('Save it to a file', async () => {
    await answerSaveDialog(app, file);
    await openImage(window, page, row(published));
    await window.getByRole('button', { name: 'Save…' }).click();
    await window.getByRole('dialog').getByRole('button', { name: 'Choose a place…' }).click();
    await window.getByText('Show in folder').waitFor();
    expect(statSync(file).size).toBeGreaterThan(1_000_000);
  });
  await step('Remove it once more', async () => {
    await removeImage(window, page, row(published));
    await expect.poll(() => idOf(published)).toBe('');
  });
  await step('Drop the file on the window and load it', async () => {
    await page('Images');
    await dropFiles(window, [file]);
    await window.getByRole('button', { name: 'Load 1 image' }).click();
    await expect.poll(() => idOf(published)).toBe(id);
  });
  await step('It is in the list again', async () => {
    await page('Images');
    await row(published).waitFor();
  });
}

/** What the dialog says will happen, before it does. */
const forecast = (window: Page, words: RegExp): Promise<void> =>
  window.getByRole('region', { name: 'Forecast' }).getByText(words).first().waitFor();

type OpenPage = (title: string) => Promise<void>;

async function openImage(window: Page, page: OpenPage, row: ReturnType<Page['getByRole']>): Promise<void> {
  await page('Images');
  await row.getByRole('link').click();
  await window.getByRole('tab', { name: 'Layers' }).waitFor();
}

async function removeImage(window: Page, page: OpenPage, row: ReturnType<Page['getByRole']>): Promise<void> {
  await openImage(window, page, row);
  await window.getByRole('button', { name: 'Remove…' }).click();
  await window
    .getByRole('dialog')
    .getByRole('button', { name: /^Remove/ })
    .click();
}
