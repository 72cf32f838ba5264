import { statSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { writeReceipt } from '../../../main/foundation/receipts/receipt.ts';
import { answerOpenDialog, answerSaveDialog } from '../../../tools/drive/answer-dialogs.ts';
import { dropFiles } from '../../../tools/drive/drop-files.ts';
import type { Engine } from '../../../tools/engine/engine.ts';
import { layeredArchive, type MadeLayer, makeLayer } from '../../support/layered-archive.ts';
import { runRegistry } from '../../support/run-registry.ts';
import { expect, test } from '../../support/window/app.ts';
import { cardOf, chooseFiles, load } from '../../support/window/archive-in-window.ts';
import { expectNoViolations } from '../../support/window/expect-no-violations.ts';
import { dialogOf, openImage, showPage } from '../../support/window/find-in-window.ts';
import { ownName } from '../../support/window/own-engine.ts';
import { imageId } from '../../support/window/read-engine.ts';
import { headline } from '../../support/window/transfer-in-window.ts';
import { WorkFolder } from '../../support/work-folder.ts';

async function loadDirectly(engine: Engine, folder: WorkFolder, reference: string, layers: MadeLayer[]): Promise<void> {
  const path = folder.write('made.tar', await layeredArchive([{ reference, layers }]));
  await engine.docker(['load', '--input', path]);
}

/** Asks on the page of engines for a receipt of the one in use. */
async function makeReceipt(window: Page): Promise<void> {
  await showPage(window, 'Engines');
  const row = window.getByRole('list', { name: 'Engines' }).getByRole('listitem').filter({ hasText: 'In use' });
  await row.getByRole('button', { name: /^Actions for/ }).click();
  await window.getByRole('menuitem', { name: /Make a receipt/ }).click();
  await expect(window.getByRole('status').filter({ hasText: 'The receipt lists' })).toBeVisible();
}

test('a receipt is made, only what is missing is saved by it, and it is complete where the rest is', async ({ engine, app, window }) => {
  using folder = new WorkFolder();
  const base = await makeLayer('e2e-suitcase-base', 3_000_000);
  const top = await makeLayer('e2e-suitcase-top', 400_000);
  await loadDirectly(engine, folder, 'e2e-suitcase:base', [base]);
  await answerSaveDialog(app, folder.file('here.receipt.json'));
  await makeReceipt(window);
  await loadDirectly(engine, folder, 'e2e-suitcase:app', [base, top]);

  await chooseFiles(app, window, [folder.file('here.receipt.json')]);
  await expect(dialogOf(window)).toContainText(/lists \d+\slayers? that it has/);
  await expectNoViolations(window);
  await dialogOf(window).getByRole('button', { name: 'Cancel' }).click();
  await openImage(window, 'e2e-suitcase:app');
  await window.getByRole('button', { name: 'Save…' }).click();
  const packed = dialogOf(window).getByRole('region', { name: 'What is packed' });
  await expect(packed).toContainText(/Only what it lacks: \d/);
  await expect(packed).toContainText(/1\slayer goes into the file/);
  await expectNoViolations(window);
  await answerSaveDialog(app, folder.file('for-here.tar'));
  await dialogOf(window)
    .getByRole('button', { name: /^Save .*B…/ })
    .click();
  await expect(headline(window, 'Saved')).toBeVisible();
  await expect(window.getByRole('region', { name: 'Result' })).toContainText(/has the other 1\slayer already/);
  expect(statSync(folder.file('for-here.tar')).size).toBeLessThan(600_000);

  await engine.docker(['rmi', 'e2e-suitcase:app']);
  await chooseFiles(app, window, [folder.file('for-here.tar')]);
  await expect(cardOf(window, 'for-here.tar')).toContainText('Complete here');
  await expectNoViolations(window);
  await load(window);
  await expect(headline(window, /loaded/)).toBeVisible();
  expect(await imageId(engine, 'e2e-suitcase:app')).not.toBe('');

  // whoever has not what it was packed for is told so, and can't load it
  await engine.docker(['rmi', 'e2e-suitcase:app', 'e2e-suitcase:base']);
  await expect.poll(() => imageId(engine, 'e2e-suitcase:base')).toBe('');
  await chooseFiles(app, window, [folder.file('for-here.tar')]);
  await expect(cardOf(window, 'for-here.tar')).toContainText('Not for this computer: it was packed for');
  await expectNoViolations(window);
  await expect(dialogOf(window).getByRole('button', { name: /^Load / })).toHaveCount(0);
  await dialogOf(window).getByRole('button', { name: 'Close' }).click();
});

test('by a receipt of a computer that has everything, only names are packed; all can be saved instead', async ({ engine, app, window }) => {
  using folder = new WorkFolder();
  const layer = await makeLayer('e2e-names', 200_000);
  await loadDirectly(engine, folder, 'e2e-names:1', [layer]);
  const receipt = writeReceipt({ name: 'lab-03', madeAt: Date.now() - 86_400_000, takesParts: true, chains: new Set([layer.diffId]) });
  await openImage(window, 'e2e-names:1');
  await window.getByRole('button', { name: 'Save…' }).click();
  await dropFiles(window, [folder.write('lab.receipt.json', receipt)]);
  await expect(dialogOf(window)).toContainText('lab-03 has every layer');
  await expect(dialogOf(window)).toContainText('only its name');
  await dialogOf(window).getByRole('button', { name: 'Save everything instead' }).click();
  await expect(dialogOf(window)).toContainText(ownName('e2e-names:1'));
  await answerOpenDialog(app, [folder.write('no.json', '{"layerdeck":"receipt","version":9}')]);
  await dialogOf(window).getByRole('button', { name: 'Choose its receipt…' }).click();
  await expect(dialogOf(window)).toContainText('no.json is no receipt');
  await dialogOf(window).getByRole('button', { name: 'Save everything instead' }).click();
  await dialogOf(window).getByRole('button', { name: 'Cancel' }).click();
});

test('a registry gives a receipt, too, and gets only what it lacks from a file', async ({ engine, app, window }) => {
  using folder = new WorkFolder();
  await using registry = await runRegistry();
  const base = await makeLayer('e2e-offline-base', 2_000_000);
  const top = await makeLayer('e2e-offline-top', 300_000);
  const there = `${registry.address}/e2e-offline/base:1`;
  await loadDirectly(engine, folder, there, [base]);
  await engine.docker(['push', there]);
  await loadDirectly(engine, folder, 'e2e-offline:app', [base, top]);

  await showPage(window, 'Registry');
  await window.getByLabel('Another registry').fill(registry.address);
  await window.getByRole('button', { name: 'Look into it' }).click();
  await window.getByRole('list', { name: 'Repositories' }).getByRole('link', { name: 'e2e-offline/base' }).click();
  await window.getByRole('button', { name: 'Make a receipt…' }).click();
  await expectNoViolations(window);
  await answerSaveDialog(app, folder.file('registry.receipt.json'));
  await dialogOf(window).getByRole('button', { name: 'Choose a place…' }).click();
  await expect(dialogOf(window)).toContainText(/It lists 1\slayer\./);
  await expectNoViolations(window);
  await dialogOf(window).getByRole('button', { name: 'Close' }).click();

  await openImage(window, 'e2e-offline:app');
  await window.getByRole('button', { name: 'Save…' }).click();
  await dropFiles(window, [folder.file('registry.receipt.json')]);
  await expect(dialogOf(window)).toContainText(`Made for the registry ${registry.address}`);
  await answerSaveDialog(app, folder.file('for-registry.tar'));
  await dialogOf(window)
    .getByRole('button', { name: /^Save .*B…/ })
    .click();
  await expect(headline(window, 'Saved')).toBeVisible();

  await engine.docker(['rmi', 'e2e-offline:app', there]);
  await chooseFiles(app, window, [folder.file('for-registry.tar')]);
  await expect(cardOf(window, 'for-registry.tar')).toContainText(`Packed for the registry ${registry.address}`);
  await expectNoViolations(window);
  await dialogOf(window).getByRole('button', { name: 'Copy to a registry…' }).click();
  const reference = `${registry.address}/e2e-offline/app:1`;
  await dialogOf(window).getByRole('combobox', { name: 'Name there' }).fill(reference);
  await expect(dialogOf(window)).toContainText(/takes 1\slayer from another of its repositories/);
  await dialogOf(window).getByRole('button', { name: 'Copy', exact: true }).click();
  await expect(headline(window, 'can now get')).toBeVisible();
  await engine.docker(['pull', reference]);
  await engine.docker(['rmi', reference]);
});
