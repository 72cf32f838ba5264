import type { Page } from '@playwright/test';
import { makeRandomImage } from '../../support/random-image.ts';
import { expect, test } from '../../support/window/app.ts';
import { buildHeading, chooseFolder, startBuild } from '../../support/window/build-in-window.ts';
import { dropOn, take } from '../../support/window/drag-in-window.ts';
import { expectNoViolations } from '../../support/window/expect-no-violations.ts';
import { dialogOf, rowOf, search, showPage } from '../../support/window/find-in-window.ts';
import { headline } from '../../support/window/transfer-in-window.ts';
import { WorkFolder } from '../../support/work-folder.ts';

const dock = (window: Page) => window.getByRole('region', { name: 'Drop the images here' });
const here = (window: Page) => dialogOf(window).getByRole('radio', { name: 'The registry on this computer' });
const tagsOf = async (address: string, repository: string) => (await fetch(`http://${address}/v2/${repository}/tags/list`)).json();

test('an image is dropped on the registry, what was built is published there, and addresses are copied', async ({
  engine,
  app,
  window,
}) => {
  await makeRandomImage(engine.host, 'e2e-publish:1', 1000);
  await search(window, 'e2e-publish');
  await take(window, rowOf(window, 'e2e-publish:1').getByRole('link'));
  await expect(dock(window)).toContainText('Push…');
  await expect(dock(window).getByRole('button', { name: 'Publish to my registry…' })).toHaveCount(0);
  await dropOn(window, window.getByRole('heading', { name: 'Images', level: 1 }));

  // what was built is published before there is any registry: the dialog starts it
  using folder = new WorkFolder({ Dockerfile: 'FROM layerdeck/base:1\nRUN echo published > /x\n' });
  await showPage(window, 'Builds');
  await chooseFolder(app, window, folder.path);
  await startBuild(window, 'e2e-publish/built:1');
  await expect(buildHeading(window, 'e2e-publish/built:1 is built')).toBeVisible();
  await window.getByRole('button', { name: 'Publish to my registry…' }).click();
  await dialogOf(window).getByRole('button', { name: 'Start the registry' }).click();
  await expect(here(window)).toBeChecked();
  await dialogOf(window).getByRole('button', { name: /^Push/ }).click();
  await expect(headline(window, /Everyone on this computer can now get localhost:\d+\/e2e-publish\/built:1/)).toBeVisible();
  const address = (await engine.docker(['port', 'layerdeck-registry', '5000'])).trim().replace('127.0.0.1', 'localhost');
  expect(await tagsOf(address, 'e2e-publish/built')).toEqual({ name: 'e2e-publish/built', tags: ['1'] });
  const copied = () => app.evaluate(({ clipboard }) => clipboard.readText());
  await window.getByRole('button', { name: 'Copy for Compose' }).click();
  await expect.poll(copied).toBe(`image: ${address}/e2e-publish/built:1`);
  await window.getByRole('button', { name: 'Copy for docker pull' }).click();
  await expect.poll(copied).toBe(`docker pull ${address}/e2e-publish/built:1`);
  await expectNoViolations(window);

  await showPage(window, 'Images');
  await search(window, 'e2e-publish:1');
  await take(window, rowOf(window, 'e2e-publish:1').getByRole('link'));
  await dropOn(window, dock(window).getByRole('button', { name: 'Publish to my registry…' }));
  await expect(here(window)).toBeChecked();
  await expect(dialogOf(window)).toContainText(`As ${address}/e2e-publish:1`);
  await dialogOf(window).getByRole('button', { name: /^Push/ }).click();
  await expect(headline(window, `Everyone on this computer can now get ${address}/e2e-publish:1`)).toBeVisible();
  expect(await tagsOf(address, 'e2e-publish')).toEqual({ name: 'e2e-publish', tags: ['1'] });
});
