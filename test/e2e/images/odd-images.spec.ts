import { makeRandomImage } from '../../support/random-image.ts';
import { runRegistry } from '../../support/run-registry.ts';
import { expect, test } from '../../support/window/app.ts';
import { buildHeading, chooseFolder, startBuild } from '../../support/window/build-in-window.ts';
import { dialogOf, rowOf, rowsIn, search, showPage } from '../../support/window/find-in-window.ts';
import { tarOf } from '../../support/window/made-images.ts';
import { allImageIds, imageId } from '../../support/window/read-engine.ts';
import { WorkFolder } from '../../support/work-folder.ts';

test('an image that came by its digest is shown by it, and removed from both of its repositories', async ({ engine, window }) => {
  await using registry = await runRegistry();
  const digests: string[] = [];
  await makeRandomImage(engine.host, 'e2e-digest:1', 1000);
  const id = await imageId(engine, 'e2e-digest:1');
  for (const repository of [`${registry.address}/e2e-digest/one`, `${registry.address}/e2e-digest/two`]) {
    await engine.docker(['tag', 'e2e-digest:1', `${repository}:1`]);
    await engine.docker(['push', '--quiet', `${repository}:1`]);
    digests.push(`${repository}@${await registry.digestOf(repository.slice(registry.address.length + 1), '1')}`);
    await engine.docker(['rmi', `${repository}:1`]);
  }
  await engine.docker(['rmi', 'e2e-digest:1']);
  for (const digest of digests) await engine.docker(['pull', '--quiet', digest]);

  const [first = ''] = digests;
  const name = first.slice(0, first.indexOf('sha256:') + 'sha256:'.length + 12);
  await showPage(window, 'Images');
  await search(window, 'e2e-digest/two');
  await expect(rowOf(window, name)).toContainText(`${registry.address}/e2e-digest/one`);
  await expect(rowOf(window, name)).toContainText('Has no tag, only a digest');
  await expect(rowOf(window, name)).not.toContainText(/Untagged|Replaced/);
  await rowOf(window, name).getByRole('link').click();
  await expect(window.getByRole('heading', { level: 1 })).toContainText(`${registry.address}/e2e-digest/one`);
  await window.getByRole('button', { name: 'Remove…' }).click();
  await expect(dialogOf(window)).toContainText(name);
  await dialogOf(window)
    .getByRole('button', { name: /^Remove 1\simage/ })
    .click();
  await expect.poll(() => allImageIds(engine)).not.toContain(id);
});

test('“replaced by a newer build” is said about what a build replaced, and about nothing else', async ({ engine, app, window }) => {
  await engine.docker(['build', '--quiet', '-'], { input: `FROM layerdeck/base:1\nLABEL unnamed=${Math.random()}\n` });
  const builds: string[] = [];
  for (const number of [1, 2]) {
    using folder = new WorkFolder({ Dockerfile: `FROM layerdeck/base:1\nLABEL number=${number}.${Math.random()}\n` });
    await chooseFolder(app, window, folder.path);
    await startBuild(window, 'e2e-replaced:1');
    await expect(buildHeading(window, 'e2e-replaced:1 is built')).toBeVisible();
    builds.push(await imageId(engine, 'e2e-replaced:1'));
  }
  await showPage(window, 'Images');
  await window.getByRole('button', { name: /^Untagged/ }).click();
  await expect(rowOf(window, `untagged image ${builds[0]?.slice(7, 19)}`)).toContainText('Replaced by a newer build');
  await expect(rowsIn(window).filter({ hasText: 'Replaced by a newer build' })).toHaveCount(1);
  await expect(rowsIn(window).filter({ hasText: 'Has no name' }).first()).toBeVisible();
});

test('the bar says which selected images the search hides, and can deselect them', async ({ engine, window }) => {
  for (const name of ['e2e-hidden-a:1', 'e2e-hidden-b:1']) await makeRandomImage(engine.host, name, 1000);
  await search(window, 'e2e-hidden-a');
  await rowOf(window, 'e2e-hidden-a:1').getByRole('checkbox').check();
  const bar = window.getByRole('toolbar', { name: 'Selected images' });
  await expect(bar).not.toContainText('not shown');
  await search(window, 'e2e-hidden-b');
  await expect(bar).toContainText('1 selected');
  await expect(bar).toContainText('1 of them not shown');
  await rowOf(window, 'e2e-hidden-b:1').getByRole('checkbox').check();
  await expect(bar).toContainText('2 selected');
  await bar.getByRole('button', { name: 'Deselect those' }).click();
  await expect(bar).toContainText('1 selected');
  await expect(bar).not.toContainText('not shown');
  await bar.getByRole('button', { name: 'Remove…' }).click();
  await expect(dialogOf(window)).toContainText('Remove e2e-hidden-b:1?');
  await expect(dialogOf(window)).not.toContainText('e2e-hidden-a');
});

test('a matching name is shown, however many names the image has', async ({ engine, window }) => {
  await makeRandomImage(engine.host, 'e2e-hit:1', 1000);
  for (const name of ['e2e-hit:2', 'e2e-hit:3', 'e2e-hit:4', 'e2e-hit:5', 'z/e2e-hit-b:1', 'z/e2e-hit-c:1', 'z/e2e-hit-d:needle'])
    await engine.docker(['tag', 'e2e-hit:1', name]);
  await search(window, 'e2e-hit:5');
  await expect(rowsIn(window).getByTitle('5', { exact: true })).toBeVisible();
  await search(window, 'needle');
  await expect(rowsIn(window).getByText('z/e2e-hit-d')).toBeVisible();
  await expect(rowsIn(window).getByText('needle')).toBeVisible();
});

test('odd values of an image are shown as they are: none turns a line around, and none looks like two', async ({ engine, window }) => {
  const config = {
    architecture: 'amd64',
    os: 'linux',
    created: '2099-01-01T00:00:00Z',
    config: { Entrypoint: ['/bin/start', '\u202etxt.sh'], Env: ['ONE=1\nTWO=2', 'THREE=3'], Labels: { note: 'a\u0007b' } },
    rootfs: { type: 'layers', diff_ids: [] },
  };
  const name = `z-e2e-odd-${'long-'.repeat(38)}name:1`;
  const manifest = JSON.stringify([
    { Config: 'config.json', RepoTags: [name, 'e2e-odd:1', ...['2', '3', '4', '5', '6'].map((tag) => `e2e-odd:${tag}`)], Layers: [] },
  ]);
  await engine.docker(['load'], { input: await tarOf({ 'config.json': JSON.stringify(config), 'manifest.json': manifest }) });
  await showPage(window, 'Images');
  await search(window, 'e2e-odd:6');
  await expect(rowOf(window, 'e2e-odd:1')).toContainText('in the future');
  await rowOf(window, 'e2e-odd:1').getByRole('link').click();
  await expect(window.getByRole('main')).toContainText(/Claims to be from 1 Jan 2099, \d\d:\d\d, which is in the future/);
  await expect(window.getByRole('main')).not.toContainText('only in this image');
  await expect(window.getByRole('heading', { level: 1 })).toContainText('+2');
  await window.getByRole('tab', { name: 'Config' }).click();
  await expect(window.getByRole('definition').filter({ hasText: '/bin/start' })).toHaveText('/bin/start "U+202Etxt.sh"');
  await expect(window.getByRole('definition').filter({ hasText: 'ONE' }).getByRole('listitem')).toHaveText([
    'ONE=1line breakTWO=2',
    'THREE=3',
  ]);
  await expect(window.getByRole('definition').filter({ hasText: 'note' })).toHaveText('note=aU+0007b');

  // a long name makes no dialog wider than the window
  for (const button of ['Push…', 'Remove…', 'Save…']) {
    await window.getByRole('button', { name: button }).click();
    await expect(dialogOf(window)).toContainText('long-long');
    const tooWide = () =>
      dialogOf(window).evaluate(
        (box) => [...box.querySelectorAll('form, .scroll')].filter((part) => part.scrollWidth > part.clientWidth).length,
      );
    expect(await tooWide()).toBe(0);
    await window.keyboard.press('Escape');
  }
});
