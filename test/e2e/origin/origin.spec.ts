import { runRegistry } from '../../support/run-registry.ts';
import { expect, test } from '../../support/window/app.ts';
import { expectNoViolations } from '../../support/window/expect-no-violations.ts';
import { dialogOf, openImage, rowOf, search, showPage } from '../../support/window/find-in-window.ts';
import { archiveOf } from '../../support/window/made-images.ts';
import { imageId } from '../../support/window/read-engine.ts';

test('where an image comes from: what is checked, what is only stated and what is unknown', async ({ engine, window }) => {
  const dockerfile = `FROM layerdeck/base:1\nLABEL org.opencontainers.image.source=https://example.org/shop\nRUN echo ${Math.random()} > /x\n`;
  await engine.docker(['build', '--quiet', '--tag', 'e2e-origin/shop:1', '-'], { input: dockerfile });
  await openImage(window, 'e2e-origin/shop:1', 'Origin');
  const card = window.getByRole('region', { name: 'Where this image comes from' });
  const fact = (text: string) => card.getByRole('listitem').filter({ hasText: text });
  await expect(fact('Starts from')).toContainText(/Verified.*layerdeck\/base:1.*byte for byte/);
  await expect(fact('Source code')).toContainText(/Stated.*https:\/\/example\.org\/shop.*The label .* says so/);
  await expect(fact('Ingredients')).toContainText(/Unknown.*Not known/);
  await expectNoViolations(window);
  await card.getByRole('list', { name: 'What it stands on' }).getByRole('link').click();
  await expect(window.getByRole('heading', { level: 1 })).toContainText('layerdeck/base');
});

test('a newer one in the registry is found, marked in the list, and got', async ({ engine, window }) => {
  await using registry = await runRegistry();
  const reference = `${registry.address}/e2e-newer/app:1`;
  const made = async (year: number) => {
    await engine.docker(['load'], {
      input: await archiveOf([{ reference, bytes: 2000 + year, createdAt: new Date(Date.UTC(year, 1, 1)) }]),
    });
    return imageId(engine, reference);
  };
  const older = await made(2021);
  await engine.docker(['push', reference]);
  const newer = await made(2024);
  await engine.docker(['push', reference]);
  await engine.docker(['tag', older, reference]);
  await engine.docker(['rmi', newer]);

  await openImage(window, reference, 'Origin');
  const card = window.getByRole('region', { name: 'Is there a newer one?' });
  await expect(card).toContainText(`${reference} has moved on`);
  await expect(card).toContainText(/to download of/);
  await expectNoViolations(window);
  await card.getByRole('button', { name: 'Compare the two' }).click();
  await expect(window.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(window.getByText('compared with')).toBeVisible();
  await showPage(window, 'Images');
  await search(window, 'e2e-newer');
  await expect(rowOf(window, reference)).toContainText('A newer one exists');
  await window.getByRole('button', { name: 'Filter', exact: true }).click();
  await window.getByRole('menuitemcheckbox', { name: 'A newer one exists' }).click();
  await expect(rowOf(window, reference)).toBeVisible();

  await rowOf(window, reference)
    .getByRole('button', { name: /^Actions/ })
    .click();
  await window.getByRole('menuitem', { name: 'Get the newer one…' }).click();
  await expect(dialogOf(window)).toContainText(/1\slayer/);
  await dialogOf(window).getByRole('button', { name: /^Get/ }).click();
  await expect.poll(() => imageId(engine, reference)).toBe(newer);
  await showPage(window, 'Images');
  await expect(rowOf(window, reference)).toHaveCount(0);
  await window.getByRole('button', { name: /^A newer one exists: show the others/ }).click();
  await expect(rowOf(window, reference)).not.toContainText('A newer one exists');
});

test('a registry is asked again when a person wants it, and not whenever the list changes', async ({ engine, window }) => {
  const registry = await runRegistry();
  const reference = `${registry.address}/e2e-origin/asked:1`;
  await engine.docker(['load'], { input: await archiveOf([{ reference, bytes: 3100, createdAt: new Date(Date.UTC(2020, 1, 1)) }]) });
  await engine.docker(['push', reference]);
  await openImage(window, reference, 'Origin');
  const card = window.getByRole('region', { name: 'Where this image comes from' });
  const newer = window.getByRole('region', { name: 'Is there a newer one?' });
  await expect(newer).toContainText('This is what the registry has');
  await card.getByRole('button', { name: 'Ask the registry' }).click();
  await expect(card).toContainText('Layerdeck asked: the registry has just this image.');
  await registry[Symbol.asyncDispose]();
  await engine.docker(['tag', reference, 'e2e-origin/second-name:1']);
  await expect(window.getByRole('banner').or(window.locator('header')).filter({ hasText: 'and 1 other name' })).toBeVisible();
  // asked after that, and answered
  await newer.getByRole('button', { name: 'Ask again whether there is a newer one' }).click();
  await expect(newer).toContainText(registry.address.split(':')[1] ?? '');
  await expect(
    newer
      .getByRole('alert')
      .or(newer.getByText(/refused|reach|answer/))
      .first(),
  ).toBeVisible();
  await expect(card).toContainText('Layerdeck asked: the registry has just this image.');
});

test('registries are asked from the palette about all images, and one that is gone is blamed', async ({ engine, window }) => {
  const registry = await runRegistry();
  const reference = `${registry.address}/e2e-newer/gone:1`;
  await engine.docker(['load'], { input: await archiveOf([{ reference, bytes: 3000, createdAt: new Date(Date.UTC(2020, 1, 1)) }]) });
  await engine.docker(['push', reference]);
  // what was published is known by a digest a moment later
  await rowOf(window, reference)
    .getByRole('button', { name: /^Actions/ })
    .click();
  await expect(window.getByRole('menuitem', { name: 'Ask for a newer one' })).toBeVisible();
  await window.keyboard.press('Escape');
  await registry[Symbol.asyncDispose]();
  await window.getByRole('button', { name: 'Search or do anything' }).click();
  await window.getByRole('textbox', { name: 'Search' }).fill('newer images');
  await expect(window.getByText('Ask registries for newer images')).toBeVisible();
  await window.keyboard.press('Enter');
  await expect(window.getByText(/couldn’t be asked about/)).toBeVisible();
  await openImage(window, reference, 'Origin');
  await window.getByRole('region', { name: 'Where this image comes from' }).getByRole('button', { name: 'Ask the registry' }).click();
  await expect(window.getByRole('listitem').filter({ hasText: 'Signature' })).toContainText(/Unknown/);
  await expect(window.getByRole('region', { name: 'Is there a newer one?' })).toContainText(registry.address);
});
