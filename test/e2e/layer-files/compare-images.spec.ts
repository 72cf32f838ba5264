import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { answerOpenDialog } from '../../../tools/drive/answer-dialogs.ts';
import type { Engine } from '../../../tools/engine/engine.ts';
import { putIndex } from '../../support/put-index.ts';
import { makeRandomImage } from '../../support/random-image.ts';
import { runRegistry } from '../../support/run-registry.ts';
import { expect, test } from '../../support/window/app.ts';
import { archivedImage, chooseFiles } from '../../support/window/archive-in-window.ts';
import { expectNoViolations } from '../../support/window/expect-no-violations.ts';
import { openImage, rowOf, search } from '../../support/window/find-in-window.ts';
import { imageId } from '../../support/window/read-engine.ts';

const status = (curl: string, more = '') =>
  `Package: curl\\nStatus: install ok installed\\nVersion: ${curl}\\n\\n${more}Package: zlib\\nStatus: install ok installed\\nVersion: 1\\n`;

const first = (own: string) => `FROM layerdeck/base:1
RUN mkdir -p /app/shop /var/lib/dpkg && seq 1 60 > /app/shop/settings && echo gone ${own} > /app/banner && echo run > /app/start
RUN printf '${status('8.1')}' > /var/lib/dpkg/status
ENV MODE=early API_TOKEN=one
CMD ["serve"]
`;
const second = (own: string) => `FROM layerdeck/base:1
RUN mkdir -p /app/shop /var/lib/dpkg && seq 1 60 | sed 's/^30$/thirty/' > /app/shop/settings && chmod 755 /app/shop && echo run > /app/start && chmod 755 /app/start && mkdir -p /app/new && echo ${own} > /app/new/one && echo two > /app/new/two
RUN printf '${status('8.2', 'Package: jq\\nStatus: install ok installed\\nVersion: 1.7\\n\\n')}' > /var/lib/dpkg/status
ENV MODE=late API_TOKEN=two
EXPOSE 8080
CMD ["serve", "--fast"]
`;

async function build(engine: Engine, own: string, prefix = ''): Promise<[string, string]> {
  const names: [string, string] = [`${prefix}e2e-${own}:1`, `${prefix}e2e-${own}:2`];
  for (const [at, dockerfile] of [first, second].entries())
    await engine.docker(['build', '--quiet', '--tag', names[at] ?? '', '-'], { input: dockerfile(own) });
  return names;
}

const tree = (window: Page) => window.getByRole('treegrid', { name: 'Files that differ' });
const line = (window: Page, name: string) => tree(window).getByRole('row', { name: new RegExp(`^${name}\\b`) });
const chosen = (window: Page) => window.getByRole('region', { name: 'Chosen' });
const title = (window: Page) => window.getByRole('heading', { level: 1 });

/** Compares two images of the list, and reads what has to be read. */
async function compare(window: Page, words: string, names: string[]): Promise<void> {
  await search(window, words);
  for (const name of names) {
    const box = rowOf(window, name).getByRole('checkbox');
    await box.click();
    // the list may still be narrowed down while it is pressed
    await expect(box).toBeChecked();
  }
  await window.getByRole('toolbar').getByRole('button', { name: 'Compare' }).click();
}

async function read(window: Page): Promise<void> {
  await window.getByRole('button', { name: /^(?:Read|Download) / }).click();
  await expect(tree(window)).toBeVisible();
}

test('two images of the list: what is known at once, what has to be read, and then everything that differs', async ({
  app,
  engine,
  window,
}) => {
  const names = await build(engine, 'compare-list');
  await compare(window, 'e2e-compare-list', names);
  await expect(title(window)).toHaveText(/^e2e-compare-list:1 and e2e-compare-list:2 share \d+\slayers?, then diverge$/);
  await expect(window.getByText(/^All \d+\slayers of e2e-compare-list:1 are new/)).toBeVisible();
  await window.getByRole('tab', { name: 'Settings 4' }).click();
  const settings = window.getByRole('region', { name: 'Settings' });
  await expect(settings.getByRole('row', { name: /MODE/ })).toContainText('earlylate');
  await expect(settings.getByRole('row', { name: /Command/ })).toContainText('serve --fast');
  await expect(settings.getByRole('row', { name: /8080/ })).toContainText('not set');
  await expectNoViolations(window);
  await window.getByRole('tab', { name: 'Steps' }).click();
  await expect(window.getByRole('region', { name: 'Steps' })).toContainText('Only in e2e-compare-list:2: EXPOSE');
  await window.getByRole('tab', { name: 'Files' }).click();
  await expectNoViolations(window);
  await read(window);

  await expect(title(window)).toHaveText(
    /^e2e-compare-list:2 is .* larger: 2\spackages differ, 2\sfiles added in \/app\/new, 3 changed, 1 removed, 4\ssettings changed$/,
  );
  await expect(line(window, 'new')).toContainText(/2\sfiles/);
  await expect(line(window, 'new')).toContainText('not there');
  await expect(line(window, 'banner')).toContainText('removed');
  await expect(line(window, 'start')).toContainText('mode 644 → 755, can now be run');
  await expectNoViolations(window);
  await window.getByRole('tab', { name: 'Packages 2' }).click();
  const packages = window.getByRole('list', { name: 'Packages that differ' }).getByRole('listitem');
  await expect(packages.nth(0)).toContainText(/changed.*curl.*8\.1.*8\.2/);
  await expect(packages.nth(1)).toContainText(/added.*jq.*not there.*1\.7/);
  await expectNoViolations(window);

  await window.getByRole('button', { name: 'Copy as Markdown' }).click();
  await expect(window.getByText('Copied')).toBeVisible();
  const copied = await app.evaluate(({ clipboard }) => clipboard.readText());
  expect(copied).toContain('- changed `/app/start`: mode 644 → 755, can now be run');
  expect(copied).toContain('- `curl`: `8.1` → `8.2`');
  expect(copied).toContain('- Environment `MODE`: `early` → `late`');
  expect(copied).not.toContain('`two`');
});

test('a changed text opens as the lines that differ, by mouse and by keys', async ({ engine, window }) => {
  const names = await build(engine, 'compare-text');
  await compare(window, 'e2e-compare-text', names);
  await read(window);
  await line(window, 'settings').click();
  await expect(chosen(window)).toContainText('/app/shop/settings');
  await chosen(window).getByRole('button', { name: 'Show the lines that differ' }).click();
  const lines = chosen(window).getByRole('region', { name: 'Lines that differ' });
  await expect(lines).toContainText('removed: 30');
  await expect(lines).toContainText('added: thirty');
  await expect(lines).toContainText(/26\slines the same/);
  await expect(chosen(window)).toContainText(/1\sline added, 1 removed/);
  await expectNoViolations(window);

  await tree(window).focus();
  await tree(window).press('Home');
  const current = tree(window).getByRole('row', { selected: true });
  await expect(current).toContainText('app');
  await expect(current).toHaveAttribute('aria-expanded', 'true');
  await tree(window).press('b');
  await expect(current).toContainText('banner');
  await expect(chosen(window)).toContainText('Only in e2e-compare-text:1');
  await chosen(window).getByRole('button', { name: 'Show what is in it' }).click();
  await expect(chosen(window)).toContainText('gone compare-text');
  await chosen(window).getByRole('button', { name: 'Close' }).click();
  await expect(chosen(window)).toHaveCount(0);
  await expect(tree(window)).toBeFocused();
  await tree(window).press('End');
  await expect(chosen(window)).toContainText('/var/lib/dpkg/status');
  await tree(window).press('Escape');
  await expect(chosen(window)).toHaveCount(0);
});

test('the other way round, what was added is removed; filters and the search narrow it down', async ({ engine, window }) => {
  const names = await build(engine, 'compare-swap');
  await compare(window, 'e2e-compare-swap', names);
  await read(window);
  await window.getByRole('button', { name: 'Added 2' }).click();
  await expect(line(window, 'banner')).toHaveCount(0);
  await expect(line(window, 'new')).toBeVisible();
  await window.getByRole('button', { name: 'Swap' }).click();
  await expect(title(window)).toHaveText(
    /^e2e-compare-swap:1 is .* smaller: .*, 1\sfile added, 3 changed, 2 removed, 4\ssettings changed$/,
  );
  // the same files are still looked at
  await expect(line(window, 'new')).toContainText('removed');
  await expect(line(window, 'banner')).toHaveCount(0);
  await window.getByRole('button', { name: /^All/ }).click();
  await expect(line(window, 'banner')).toContainText('added');
  await window.getByRole('searchbox', { name: 'Find a file that differs' }).fill('SETT');
  await expect(tree(window).getByRole('row')).toHaveCount(2);
  await expect(line(window, 'settings')).toContainText('/app/shop');
  await window.getByRole('searchbox', { name: 'Find a file that differs' }).fill('no such name');
  await expect(window.getByText('Nothing that differs has “no such name” in its name.')).toBeVisible();
  await window.getByRole('searchbox', { name: 'Find a file that differs' }).fill('');
  await window.getByRole('button', { name: 'Difference', exact: true }).click();
  await expect(window.getByRole('columnheader', { name: 'Difference' })).toHaveAttribute('aria-sort', 'descending');
});

test('an image and a copy of it with other times differ in nothing, unless times count', async ({ engine, window }) => {
  for (const [at, date] of ['2020-01-01', '2021-01-01'].entries())
    await engine.docker(['build', '--quiet', '--tag', `e2e-compare-times:${at}`, '-'], {
      input: `FROM layerdeck/base:1\nRUN echo same > /same && touch -d ${date} /same\n`,
    });
  await compare(window, 'e2e-compare-times', ['e2e-compare-times:0', 'e2e-compare-times:1']);
  await read(window);
  await expect(title(window)).toHaveText('The files are the same; only their times differ');
  await expect(window.getByText(/^All \d+ files are the same/)).toBeVisible();
  await expectNoViolations(window);
  await window.getByRole('checkbox', { name: 'Times count, too' }).check();
  await expect(line(window, 'same')).toContainText('another time');
});

test('an image of a registry and one in a file, neither of which the engine has, and a failure blames the right one', async ({
  app,
  engine,
  window,
  folder,
}) => {
  await using registry = await runRegistry();
  const names = await build(engine, 'compare-away', `${registry.address}/`);
  await engine.docker(['push', names[0]]);
  await engine.docker(['save', '--output', join(folder, 'second.tar'), names[1]]);
  await engine.docker(['rmi', ...names]);
  await window.getByRole('button', { name: 'Search', exact: false }).first().click();
  await window.getByPlaceholder('Search images and actions').fill('compare two');
  await window.keyboard.press('Enter');
  await expect(title(window)).toHaveText('Compare two images');
  await expectNoViolations(window);
  const side = (name: string) => window.getByRole('region', { name });
  await side('First image').getByLabel('Name and tag').fill(`${registry.address}/e2e-compare-away:nope`);
  await side('First image').getByRole('button', { name: 'Take the one in its registry' }).click();
  await answerOpenDialog(app, [join(folder, 'second.tar')]);
  await side('Second image').getByRole('button', { name: 'Choose a file…' }).click();
  const failed = window.getByRole('region', { name: `${registry.address}/e2e-compare-away:nope` });
  await expect(failed.getByRole('alert')).toBeVisible();
  await expect(window.getByRole('alert')).toHaveCount(1);
  await expectNoViolations(window);
  await failed.getByRole('button', { name: 'Choose another image' }).click();
  await side('First image').getByLabel('Name and tag').fill(names[0]);
  await side('First image').getByRole('button', { name: 'Take the one in its registry' }).click();
  await expect(window.getByText(`in the registry ${registry.address}`)).toBeVisible();
  await expect(window.getByText('in a file')).toBeVisible();
  await window.getByRole('button', { name: /^Read .* and download / }).click();
  await expect(title(window)).toHaveText(
    /^e2e-compare-away:2 is .* larger: 2\spackages differ, 2\sfiles added in \/app\/new, 3 changed, 1 removed/,
  );
  expect(await imageId(engine, names[0])).toBe('');
});

test('an image is compared from its page, and one that goes away meanwhile is told', async ({ engine, window }) => {
  const names = await build(engine, 'compare-page');
  await openImage(window, names[0], 'Layers');
  await window.getByRole('button', { name: 'Compare with…' }).click();
  await expect(window.getByRole('region', { name: 'First image' })).toContainText(names[0]);
  const field = window.getByRole('region', { name: 'Second image' }).getByLabel('Name and tag');
  await field.fill('e2e-compare-page:');
  await window.getByRole('option', { name: names[1] }).click();
  await expectNoViolations(window);
  await window.getByRole('button', { name: /^Take the one on / }).click();
  await read(window);
  await engine.docker(['rmi', names[1]]);
  await expect(window.getByRole('note')).toContainText(`${names[1]} is no longer on`);
  await expect(line(window, 'banner')).toBeVisible();
  await expectNoViolations(window);
});

test('images of the same layers are compared without reading any', async ({ app, engine, window }) => {
  await build(engine, 'compare-alike');
  await engine.docker(['build', '--quiet', '--tag', 'e2e-compare-alike:3', '-'], { input: 'FROM e2e-compare-alike:1\nUSER 7\n' });
  await compare(window, 'e2e-compare-alike', ['e2e-compare-alike:1', 'e2e-compare-alike:3']);
  await expect(title(window)).toHaveText(/^They have the same layers; 1\ssetting changed$/);
  await expect(window.getByText('Both have the same layers, byte for byte')).toBeVisible();
  await expect(window.getByRole('button', { name: /^Read / })).toHaveCount(0);
  await expectNoViolations(window);
  await window.getByRole('button', { name: 'Copy as Markdown' }).click();
  await expect(window.getByText('Copied')).toBeVisible();
  expect(await app.evaluate(({ clipboard }) => clipboard.readText())).toContain('- Runs as: not set → `7`');
});

test('files that are no text are shown one by one, and links by where they lead', async ({ engine, window }) => {
  for (const at of [1, 2])
    await engine.docker(['build', '--quiet', '--tag', `e2e-compare-bytes:${at}`, '-'], {
      input: `FROM layerdeck/base:1\nRUN head -c 3000 /dev/urandom > /noise && ln -s /to-${at} /link\n`,
    });
  await compare(window, 'e2e-compare-bytes', ['e2e-compare-bytes:1', 'e2e-compare-bytes:2']);
  await read(window);
  await line(window, 'link').click();
  await expect(chosen(window)).toContainText('Leads elsewhere');
  await expect(chosen(window).getByRole('row', { name: /Leads to/ })).toContainText('/to-1/to-2');
  await line(window, 'noise').click();
  await expect(chosen(window)).toContainText('Other content of the same size');
  await chosen(window).getByRole('button', { name: 'Show the lines that differ' }).click();
  await expect(chosen(window)).toContainText('At least one of them is no text.');
  const hexOf = async (at: number) =>
    (await engine.docker(['run', '--rm', `e2e-compare-bytes:${at}`, 'sh', '-c', 'head -c 8 /noise | xxd -p']))
      .trim()
      .replace(/..(?=.)/g, '$& ');
  await expect(chosen(window)).toContainText(await hexOf(2));
  await chosen(window).getByRole('button', { name: 'e2e-compare-bytes:1' }).click();
  await expect(chosen(window)).toContainText(await hexOf(1));
  await expectNoViolations(window);
});

test('a slow download says how far it is, stops when asked to, and can be begun again', async ({ engine, window }) => {
  await using registry = await runRegistry();
  using slow = await registry.slowDoor(400_000);
  await makeRandomImage(engine.host, `${registry.address}/e2e-compare-slow:1`, 12_000_000);
  await engine.docker(['push', `${registry.address}/e2e-compare-slow:1`]);
  await makeRandomImage(engine.host, 'e2e-compare-slow:2', 1000);
  await openImage(window, 'e2e-compare-slow:2', 'Layers');
  await window.getByRole('button', { name: 'Compare with…' }).click();
  const side = window.getByRole('region', { name: 'Second image' });
  await side.getByLabel('Name and tag').fill(`${slow.address}/e2e-compare-slow:1`);
  await side.getByRole('button', { name: 'Take the one in its registry' }).click();
  await window.getByRole('button', { name: /^Read .* and download 12\.0\sMB$/ }).click();
  const reading = window.getByRole('region', { name: 'Reading both images' });
  await expect(reading).toContainText(/of 12\.0\sMB read/);
  await expect(reading.getByRole('progressbar')).toBeVisible();
  await expectNoViolations(window);
  await window.getByRole('button', { name: 'Stop', exact: true }).click();
  // what was read whole stays
  await expect(window.getByRole('button', { name: /ownload 12\.0\sMB$/ })).toBeVisible();
});

test('a file that was opened is compared from there, and waits for its second image', async ({ app, engine, window, folder }) => {
  const names = await build(engine, 'compare-file');
  await engine.docker(['save', '--output', join(folder, 'both.tar'), ...names]);
  await chooseFiles(app, window, [join(folder, 'both.tar')]);
  await archivedImage(window, names[0]).getByRole('button', { name: 'Compare…' }).click();
  await expect(window.getByRole('region', { name: 'First image' })).toContainText('in a file');
  await answerOpenDialog(app, [join(folder, 'both.tar')]);
  await window.getByRole('region', { name: 'Second image' }).getByRole('button', { name: 'Choose a file…' }).click();
  const found = window.getByRole('list', { name: 'Images in both.tar' });
  await expectNoViolations(window);
  await found.getByRole('listitem').filter({ hasText: names[1] }).getByRole('button', { name: 'Take it' }).click();
  await read(window);
  await expect(line(window, 'banner')).toContainText('removed');
});

test('two platforms of one name in a registry are compared', async ({ engine, window }) => {
  await using registry = await runRegistry();
  const name = `${registry.address}/e2e-compare-platforms`;
  await makeRandomImage(engine.host, `${name}:one`, 1000);
  await engine.docker(['push', `${name}:one`]);
  await putIndex(registry.address, 'e2e-compare-platforms', { from: 'one', to: 'all' }, ['linux/arm64/v8']);
  await window.evaluate(() => {
    location.hash = `#/compare-images/${encodeURIComponent('[null,null]')}`;
  });
  for (const [at, platform] of ['', 'linux/arm64/v8'].entries()) {
    const side = window.getByRole('region', { name: at === 0 ? 'First image' : 'Second image' });
    await side.getByLabel('Name and tag').fill(`${name}:all`);
    await side.getByLabel('Platform, of several in its registry').fill(platform || 'nothing');
    await expect(side.getByRole('button', { name: 'Take the one in its registry' })).toBeEnabled({ enabled: platform !== '' });
    await side.getByLabel('Platform, of several in its registry').fill(platform);
    await side.getByRole('button', { name: 'Take the one in its registry' }).click();
  }
  await expect(title(window)).toHaveText('They are for linux/amd64 and linux/arm64/v8, and they have the same layers and settings');
  await expect(window.getByText('Both have the same layers, byte for byte')).toBeVisible();
});
