import { expect, test } from '../../support/window/app.ts';
import { cardOf, chooseFiles, load } from '../../support/window/archive-in-window.ts';
import { expectNoViolations } from '../../support/window/expect-no-violations.ts';
import { dialogOf } from '../../support/window/find-in-window.ts';
import { imageId } from '../../support/window/read-engine.ts';
import { headline } from '../../support/window/transfer-in-window.ts';
import { WorkFolder } from '../../support/work-folder.ts';

/** A file system that can run, taken from the base image. */
async function writeSystem(engine: { docker(args: string[]): Promise<string> }, path: string): Promise<void> {
  const container = (await engine.docker(['create', 'layerdeck/base:1'])).trim();
  await engine.docker(['export', '--output', path, container]);
  await engine.docker(['rm', container]);
}

test('a file system becomes an image that runs', async ({ engine, app, window }) => {
  using folder = new WorkFolder();
  await writeSystem(engine, folder.file('E2E System (small).tar'));
  await chooseFiles(app, window, [folder.file('E2E System (small).tar')]);
  const card = cardOf(window, 'E2E System (small).tar');
  await expect(card.getByLabel('Name and tag')).toHaveValue('e2e-system-small');
  await expect(card.getByLabel('What the container runs')).toHaveValue('/bin/sh');
  await expectNoViolations(window);
  await card.getByLabel('Name and tag').fill('E2E/No');
  await expect(dialogOf(window).getByRole('button', { name: /^Import/ })).toBeDisabled();
  await card.getByLabel('Name and tag').fill('e2e-system:1');
  await card.getByLabel('What the container runs').fill('echo "it runs"');
  await load(window, 'Import 1 file');
  await expect(headline(window, 'e2e-system:1 is here now')).toBeVisible();
  expect(await imageId(engine, 'e2e-system:1')).not.toBe('');
  expect(await engine.docker(['run', '--rm', 'e2e-system:1'])).toContain('it runs');
  await window.getByRole('region', { name: 'Result' }).getByRole('link').click();
  await expect(window.getByRole('heading', { level: 1 })).toContainText('e2e-system');
});
