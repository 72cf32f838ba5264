// biome-ignore-all lint/suspicious/noTemplateCurlyInString: that is what variables look like in these files
import type { Locator, Page } from '@playwright/test';
import { answerOpenDialog } from '../../../tools/drive/answer-dialogs.ts';
import { dropFiles } from '../../../tools/drive/drop-files.ts';
import { expect, test } from '../../support/window/app.ts';
import { buildHeading } from '../../support/window/build-in-window.ts';
import { expectNoViolations } from '../../support/window/expect-no-violations.ts';
import { dialogOf } from '../../support/window/find-in-window.ts';
import { imageId } from '../../support/window/read-engine.ts';
import { WorkFolder } from '../../support/work-folder.ts';

const entryOf = (window: Page, service: string): Locator =>
  dialogOf(window)
    .getByRole('list', { name: 'Images to build' })
    .getByRole('listitem')
    .filter({ has: window.getByRole('checkbox', { name: service, exact: true }) });

const tickOf = (window: Page, service: string): Locator => entryOf(window, service).getByRole('checkbox', { name: service, exact: true });

const actOf = (window: Page, name: RegExp | string): Locator => dialogOf(window).getByRole('button', { name, exact: true });

const shop = (mark: string): Record<string, string> => ({
  'web/Dockerfile':
    'FROM layerdeck/base:1 AS first\nARG COLOUR=grey\nRUN echo $COLOUR > /colour\nFROM first AS second\nRUN touch /second\n',
  'api/Dockerfile': `FROM layerdeck/base:1\nRUN echo ${mark} > /mark\n`,
  'tools/Dockerfile': 'FROM layerdeck/base:1\n',
  '.env': 'COLOUR=red\n',
  'compose.yaml': `name: e2e-shop
services:
  web:
    build: {context: web, target: first, args: [COLOUR], tags: ['e2e-web:more']}
  api:
    build: ./api
    image: e2e-api:\${TAG}
  tools:
    build: {context: tools, additional_contexts: {more: ./more}}
  dev:
    build: tools
    profiles: [dev]
  db:
    image: postgres
`,
  'compose.override.yaml': `services: {api: {build: {labels: {mark: ${mark}}}}}`,
});

test('a dropped project offers the images of its compose.yaml, and builds two at once', async ({ engine, window }) => {
  const mark = `mark-${Math.random()}`;
  using folder = new WorkFolder(shop(mark));
  await dropFiles(window, [folder.path]);
  const dialog = dialogOf(window);
  await expect(dialog).toContainText('This project has 4 images to build, as compose.yaml and compose.override.yaml say.');
  await expect(dialog).toContainText('Project e2e-shop, read from compose.yaml, compose.override.yaml and .env');
  await expect(entryOf(window, 'web')).toContainText('e2e-shop-web:latest');
  await expect(entryOf(window, 'web')).toContainText('Folder web · Dockerfile · up to the stage first');
  await expect(tickOf(window, 'tools')).toBeDisabled();
  await expect(entryOf(window, 'tools')).toContainText('Layerdeck doesn’t do “additional_contexts”');
  await expect(tickOf(window, 'dev')).not.toBeChecked();
  await expect(entryOf(window, 'dev')).toContainText('only with the profile dev');

  // without the variable, the name is none
  await expect(tickOf(window, 'api')).toBeDisabled();
  await dialog.getByRole('group', { name: 'Variables without a value' }).getByLabel('TAG').fill('7');
  await expect(tickOf(window, 'api')).toBeChecked();
  await expect(entryOf(window, 'api')).toContainText('e2e-api:7');
  await expectNoViolations(window);

  await actOf(window, /^Build 2.images$/).click();
  await expect.poll(() => imageId(engine, 'e2e-api:7').catch(() => ''), { timeout: 60_000 }).not.toBe('');
  await expect.poll(() => imageId(engine, 'e2e-web:more').catch(() => ''), { timeout: 60_000 }).not.toBe('');
  expect(await imageId(engine, 'e2e-shop-web:latest')).toBe(await imageId(engine, 'e2e-web:more'));
  expect((await engine.docker(['run', '--rm', 'e2e-web:more', 'cat', '/colour'])).trim()).toBe('red');
  await expect(engine.docker(['run', '--rm', 'e2e-web:more', 'ls', '/second'])).rejects.toThrow();
  expect((await engine.docker(['run', '--rm', 'e2e-api:7', 'cat', '/mark'])).trim()).toBe(mark);
  expect((await engine.docker(['inspect', '--format', '{{index .Config.Labels "mark"}}', 'e2e-api:7'])).trim()).toBe(mark);
});

test('the keyboard alone chooses an image and builds it', async ({ window }) => {
  using folder = new WorkFolder({
    Dockerfile: `FROM layerdeck/base:1\nRUN echo ${Math.random()}\n`,
    'compose.yaml': 'services: {one: {build: ., image: e2e-key-one}, two: {build: ., image: e2e-key-two}}',
  });
  await dropFiles(window, [folder.path]);
  await expect(tickOf(window, 'one')).toBeChecked();
  await tickOf(window, 'one').focus();
  await window.keyboard.press('Space');
  await expect(tickOf(window, 'one')).not.toBeChecked();
  await window.keyboard.press('Tab');
  await expect(tickOf(window, 'two')).toBeFocused();
  await window.keyboard.press('Enter');
  await expect(buildHeading(window, 'e2e-key-two:latest is built')).toBeVisible({ timeout: 60_000 });
});

test('a folder outside of the project is reached once it is chosen', async ({ app, window }) => {
  using folder = new WorkFolder({
    'project/compose.yaml': 'services: {web: {build: ../web, image: e2e-outside}}',
    'web/Dockerfile': `FROM layerdeck/base:1\nRUN echo ${Math.random()}\n`,
  });
  await dropFiles(window, [folder.file('project/compose.yaml')]);
  await expect(dialogOf(window)).toContainText('This project has 1 image to build');
  await expect(tickOf(window, 'web')).toBeDisabled();
  await expect(entryOf(window, 'web')).toContainText(`outside of the folder that you chose: ${folder.file('web')}`);
  await answerOpenDialog(app, [folder.file('web')]);
  await dialogOf(window).getByRole('button', { name: 'Choose the folder for web' }).click();
  await expect(tickOf(window, 'web')).toBeChecked();
  await actOf(window, /^Build 1.image$/).click();
  await expect(buildHeading(window, 'e2e-outside:latest is built')).toBeVisible({ timeout: 60_000 });
});

test('an image that another one builds on comes first', async ({ window }) => {
  using folder = new WorkFolder({
    'base/Dockerfile': 'FROM layerdeck/base:1\n',
    'web/Dockerfile': 'FROM e2e-needs-base\n',
    'compose.yaml': 'name: e2e-needs\nservices: {base: {build: base}, web: {build: web}}',
  });
  await dropFiles(window, [folder.path]);
  await expect(tickOf(window, 'base')).toBeChecked();
  await expect(tickOf(window, 'web')).not.toBeChecked();
  await tickOf(window, 'web').check();
  await expect(dialogOf(window).getByRole('status')).toHaveText('Build base first, then web.');
  await expect(actOf(window, /^Build 2.images$/)).toBeDisabled();
});

test('one Dockerfile can still be built alone, and so can a folder whose compose.yaml is broken', async ({ window }) => {
  using folder = new WorkFolder({ Dockerfile: 'FROM layerdeck/base:1\n', 'compose.yaml': 'services: {web: {build: .}}' });
  await dropFiles(window, [folder.path]);
  await dialogOf(window).getByRole('button', { name: 'Build one Dockerfile instead' }).click();
  await expect(dialogOf(window).getByRole('combobox', { name: 'Dockerfile' })).toHaveValue('Dockerfile');
  await window.keyboard.press('Escape');
  await expect(dialogOf(window)).toHaveCount(0);

  using broken = new WorkFolder({ Dockerfile: 'FROM layerdeck/base:1\n', 'compose.yaml': 'services:\n  web: {build: [\n' });
  await dropFiles(window, [broken.path]);
  await expect(dialogOf(window)).toContainText(/Line \d of compose.yaml can’t be read/);
  await expect(dialogOf(window).getByRole('combobox', { name: 'Dockerfile' })).toHaveValue('Dockerfile');
  await expectNoViolations(window);
});
