import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { keepPort } from '../../support/keep-port.ts';
import { expect, test } from '../../support/window/app.ts';
import { expectNoViolations } from '../../support/window/expect-no-violations.ts';
import { dialogOf, showPage } from '../../support/window/find-in-window.ts';

const state = (window: Page) => window.getByRole('region', { name: 'Registry state' });

async function further(window: Page, name: string): Promise<void> {
  await window.getByRole('button', { name: 'More for the registry' }).click();
  await window.getByRole('menuitem', { name }).click();
}

test('it gets a name by a line in the hosts file that is shown before, and loses it again', async ({ engine, launch, folder }) => {
  const before = readFileSync('/etc/hosts', 'utf8');
  const hostsFile = join(folder, 'hosts');
  await writeFile(hostsFile, '127.0.0.1 localhost\n10.0.0.7 nas.local\n');
  await keepPort(engine);
  const window = await (await launch({ hostsFile })).firstWindow();
  await window.emulateMedia({ reducedMotion: 'reduce' });
  await showPage(window, 'Registry');
  await window.getByRole('button', { name: 'Start the registry' }).click();
  await expect(state(window)).toContainText('Running at');

  await further(window, 'Name…');
  const dialog = dialogOf(window);
  await expect(dialog).toContainText("127.0.0.1 dev.docker.local # Layerdeck's registry");
  await expect(dialog).toContainText('Layerdeck writes this line into /etc/hosts');
  await expectNoViolations(window);
  const field = dialog.getByLabel('Name');
  const give = dialog.getByRole('button', { name: 'Give it this name' });
  await field.fill('registry');
  await expect(dialog).toContainText('A name has two parts or more');
  await expect(give).toBeDisabled();
  await field.fill('nas.local');
  await expect(dialog).toContainText('Line 2 of /etc/hosts leads this name to 10.0.0.7 already');
  await expect(give).toBeDisabled();
  await field.fill('dev.docker.local');
  await expect(dialog).toContainText('127.0.0.1 dev.docker.local');
  await give.click();
  await expect(dialog).toContainText('The registry is called dev.docker.local');
  await expectNoViolations(window);
  expect(readFileSync(hostsFile, 'utf8')).toBe(
    "127.0.0.1 localhost\n10.0.0.7 nas.local\n127.0.0.1 dev.docker.local # Layerdeck's registry\n",
  );
  await dialog.getByRole('button', { name: 'Done' }).click();
  await expect(state(window)).toContainText(/Running at\s+localhost:\d+.*and\s+dev\.docker\.local:\d+/);

  await further(window, 'Name…');
  await dialog.getByRole('button', { name: 'Remove the name' }).click();
  await expect(dialog).toBeHidden();
  await expect(state(window)).not.toContainText('dev.docker.local');
  expect(readFileSync(hostsFile, 'utf8')).toBe('127.0.0.1 localhost\n10.0.0.7 nas.local\n');
  expect(readFileSync('/etc/hosts', 'utf8')).toBe(before);
});
