import type { ElectronApplication, Page } from '@playwright/test';
import { dropFiles } from '../../../tools/drive/drop-files.ts';
import type { Engine } from '../../../tools/engine/engine.ts';
import { makeRandomImage } from '../../support/random-image.ts';
import { runRegistry } from '../../support/run-registry.ts';
import { expect, test } from '../../support/window/app.ts';
import { buildHeading, chooseFolder, startBuild, stepOf } from '../../support/window/build-in-window.ts';
import { expectNoViolations, violationsOn } from '../../support/window/expect-no-violations.ts';
import { dialogOf, openGallery, openImage, rowOf, search, showPage } from '../../support/window/find-in-window.ts';
import { headline, pull, push, stop, untilPercent } from '../../support/window/transfer-in-window.ts';
import { WorkFolder } from '../../support/work-folder.ts';

const image = 'e2e-screens:1';

test.beforeAll(async ({ engine }) => {
  await engine.docker(['build', '--quiet', '--tag', image, '-'], {
    input: 'FROM layerdeck/base:1\nRUN echo > /x\nENV A=b\nEXPOSE 80\n',
  });
  await engine.docker(['tag', image, 'e2e-screens:latest']);
  await engine.docker(['create', '--name', 'e2e-screens', 'layerdeck/base:1', 'x']);
});

type Screen = (window: Page, app: ElectronApplication, engine: Engine) => Promise<unknown>;

const openWith = async (window: Page, button: string | RegExp) => {
  await openImage(window, image);
  await window.getByRole('button', { name: button }).first().click();
  await expect(dialogOf(window)).toBeVisible();
};

const screens: Record<string, Screen> = {
  'the list of images': (window) => expect(rowOf(window, image)).toBeVisible(),
  'the list with a selection': async (window) => {
    await rowOf(window, image).getByRole('checkbox').check();
    await expect(window.getByRole('toolbar')).toBeVisible();
  },
  'the menu of a row': async (window) => {
    await window.getByRole('button', { name: `Actions for ${image}` }).click();
    await expect(window.getByRole('menu')).toBeVisible();
  },
  'the list without a match': async (window) => {
    await search(window, 'nothing-has-this-name');
    await expect(window.getByRole('heading', { name: 'Nothing matches' })).toBeVisible();
  },
  'an image’s layers': async (window) => {
    await openImage(window, image, 'Layers');
    await window.getByRole('checkbox', { name: /^Show/ }).check();
  },
  'an image’s configuration': (window) => openImage(window, image, 'Config'),
  'an image’s tags': (window) => openImage(window, image, 'Tags'),
  'the registry': (window) => showPage(window, 'Registry'),
  'the builds': (window) => showPage(window, 'Builds'),
  'the search for anything': async (window) => {
    await window.getByRole('button', { name: 'Search or do anything' }).click();
    await expect(window.getByRole('textbox', { name: 'Search' })).toBeFocused();
  },
  'the engine’s facts': async (window) => {
    await window.getByRole('button', { name: /^Engine:/ }).click();
    await expect(dialogOf(window)).toBeVisible();
  },
  'the menu of themes': async (window) => {
    await window.getByRole('button', { name: 'Theme' }).click();
    await expect(window.getByRole('menuitemradio').first()).toBeVisible();
  },
  'the push dialog': async (window) => {
    await openWith(window, 'Push…');
    await expect(dialogOf(window).getByRole('radio').first()).toBeVisible();
  },
  'the push dialog with a forecast': async (window, _, engine) => {
    await using registry = await runRegistry();
    const reference = `${registry.address}/e2e-screens-forecast:1`;
    await makeRandomImage(engine.host, reference, 1000);
    await openImage(window, reference);
    await window.getByRole('button', { name: 'Push…' }).click();
    await dialogOf(window).getByText('1\u00a0layer', { exact: true }).click();
    await expect(dialogOf(window).getByRole('region', { name: 'Forecast' })).toContainText('Will be sent');
  },
  'the dialog to get an image, with suggestions': async (window) => {
    await window.getByRole('button', { name: 'Get an image…' }).click();
    await dialogOf(window).getByLabel('Name and tag').fill('e2e-screens');
    await expect(window.getByRole('option').first()).toBeVisible();
  },
  'the dialog to sign in': async (window) => {
    await showPage(window, 'Registry');
    await window.getByRole('button', { name: 'Sign in…' }).click();
    await dialogOf(window).getByLabel('Registry').fill('ghcr.io');
    await expect(dialogOf(window)).toContainText('GitHub');
  },
  'the dialog to copy': async (window) => {
    await showPage(window, 'Registry');
    await window.getByRole('button', { name: 'Copy an image…' }).click();
    await expect(dialogOf(window).getByRole('combobox', { name: 'Name there' })).toBeVisible();
  },
  'the save dialog': (window) => openWith(window, 'Save…'),
  'the removal dialog': async (window) => {
    await openWith(window, 'Remove…');
    await expect(dialogOf(window)).toContainText('until you press the button');
  },
  'the pull dialog with a wrong name': async (window) => {
    await window.getByRole('button', { name: 'Get an image…' }).click();
    await dialogOf(window).getByLabel('Name and tag').fill('Wrong');
  },
  'the tag dialog with a warning': async (window) => {
    await openImage(window, image, 'Tags');
    await window.getByRole('button', { name: 'Add a tag…' }).click();
    await dialogOf(window).getByLabel('Name and tag').fill('layerdeck/base:1');
    await expect(dialogOf(window).getByRole('note')).toBeVisible();
  },
};

test('an element that nobody could use would be found', async ({ window }) => {
  await window.evaluate(() => document.querySelector('main')?.append(document.createElement('img')));
  expect(await violationsOn(window)).toEqual([expect.stringContaining('image-alt')]);
});

for (const [name, show] of Object.entries(screens)) {
  test(`${name} can be used by everybody`, async ({ engine, app, window }) => {
    await show(window, app, engine);
    await expectNoViolations(window);
  });
}

test('the pieces of the interface can be used by everybody, in each of their states', async ({ window }) => {
  test.slow();
  await openGallery(window);
  // what is scrolled out of sight would not be looked at
  const box = window.locator('main .scroll').first();
  const screens = await box.evaluate((element) => Math.ceil(element.scrollHeight / element.clientHeight));
  expect(screens).toBeGreaterThan(3);
  for (let screen = 0; screen < screens; screen++) {
    await box.evaluate((element, at) => element.scrollTo(0, at * element.clientHeight), screen);
    await expectNoViolations(window);
  }
});

test('a text that nobody could read at the foot of the gallery would be found', async ({ window }) => {
  await openGallery(window);
  const foot = window.getByRole('region', { name: 'Logs', exact: true });
  await foot.evaluate((element) => {
    const faint = document.createElement('p');
    faint.textContent = 'faint';
    faint.style.color = '#eee';
    element.prepend(faint);
    faint.scrollIntoView({ block: 'center' });
  });
  await window.emulateMedia({ colorScheme: 'light' });
  expect(await violationsOn(window)).toEqual([expect.stringContaining('color-contrast')]);
  await window.emulateMedia({ colorScheme: null });
});

for (const name of ['A form', 'A form that waits', 'A removal', 'Only to read', 'Long and wide']) {
  test(`a dialog can be used by everybody: ${name}`, async ({ window }) => {
    await openGallery(window);
    await window.getByRole('button', { name, exact: true }).click();
    await expect(dialogOf(window)).toBeVisible();
    await expectNoViolations(window);
  });
}

test('the build dialog and the page of a build can be used by everybody', async ({ app, window }) => {
  using folder = new WorkFolder({ Dockerfile: `FROM layerdeck/base:1\nARG A=1\nRUN echo ${Math.random()} && sleep 1000\n` });
  await chooseFolder(app, window, folder.path);
  await dialogOf(window).getByText('Options and build arguments').click();
  await expectNoViolations(window);
  await startBuild(window, 'e2e-screens-build:1');
  await expect(stepOf(window, 'sleep 1000')).toContainText('running');
  await expectNoViolations(window);
  await window.getByRole('tab', { name: 'Log' }).click();
  await expectNoViolations(window);
  await stop(window);
  folder.write('Dockerfile', 'FROM layerdeck/base:1\nRUN echo this fails && exit 3\n');
  await window.getByRole('button', { name: 'Build again' }).click();
  await expect(buildHeading(window, 'e2e-screens-build:1 was not built')).toBeVisible();
  await expectNoViolations(window);
});

test('a transfer that failed and the list of tasks can be used by everybody', async ({ window }) => {
  await pull(window, 'localhost:1/e2e-nothing:1');
  await expect(headline(window, 'It did not arrive')).toBeVisible();
  await expectNoViolations(window);
  await window.getByRole('button', { name: /^Activity/ }).click();
  await expect(dialogOf(window)).toBeVisible();
  await expectNoViolations(window);
});

test('a push and what came of it can be used by everybody', async ({ engine, window }) => {
  await using registry = await runRegistry();
  using door = await registry.slowDoor(100_000);
  await makeRandomImage(engine.host, `${door.address}/e2e-screens:slow`, 6_000_000);
  await push(window, `${door.address}/e2e-screens:slow`);
  await untilPercent(window, 1);
  await expectNoViolations(window);
  await stop(window);
  await makeRandomImage(engine.host, `${registry.address}/e2e-screens:quick`, 1000);
  await push(window, `${registry.address}/e2e-screens:quick`);
  await expect(window.getByRole('button', { name: 'Copy the digest' })).toBeVisible();
  await expectNoViolations(window);
});

test('the registry, once it runs, can be used by everybody', async ({ engine, window }) => {
  await showPage(window, 'Registry');
  await window.getByRole('button', { name: 'Start the registry' }).click();
  await expect(window.getByRole('region', { name: 'Registry state' })).toContainText(/Running at.*version/);
  await expectNoViolations(window);
  await engine.docker(['rm', '--force', '--volumes', 'layerdeck-registry']);
});

test('the dialogs about dropped files can be used by everybody', async ({ engine, window }) => {
  using folder = new WorkFolder({ 'notes.txt': 'x' });
  await engine.docker(['save', '--output', folder.file('x.tar'), image]);
  await dropFiles(window, [folder.file('x.tar'), folder.file('notes.txt')]);
  await expect(dialogOf(window)).toContainText('What is in this file');
  await expect(dialogOf(window)).toContainText('Already here');
  await expectNoViolations(window);
  await window.keyboard.press('Escape');
  await dropFiles(window, [folder.file('notes.txt')]);
  await expect(dialogOf(window)).toContainText('This file can’t be loaded');
  await expectNoViolations(window);
});

test('the page without an engine can be used by everybody', async ({ launch, folder }) => {
  const app = await launch({ host: `unix://${folder}/none.sock` });
  const window = await app.firstWindow();
  await expect(window.getByRole('heading', { level: 1 })).toHaveText('The engine that DOCKER_HOST names doesn’t answer');
  await expectNoViolations(window);
});
