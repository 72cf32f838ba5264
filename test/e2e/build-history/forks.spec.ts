import type { Page } from '@playwright/test';
import type { Engine } from '../../../tools/engine/engine.ts';
import { type Client, commandClients, pythonClients } from '../../support/engines/other-clients.ts';
import { giveTo, packedFolder } from '../../support/fork-truth.ts';
import { expect, test } from '../../support/window/app.ts';
import { expectNoViolations } from '../../support/window/expect-no-violations.ts';
import { rowOf, search } from '../../support/window/find-in-window.ts';

const clients: Record<string, string> = {
  'e2e-fork-command:1': 'docker’s command up to 23',
  'e2e-fork-script:1': 'a script with python3-docker',
  'e2e-fork-buildkit:1': 'docker’s command, BuildKit',
};

/** Builds one folder of a person's own files by each of the programs. */
async function buildByAll(engine: Engine, copy: string): Promise<void> {
  const all: Client[] = [...(await commandClients()), ...(await pythonClients())];
  using folder = packedFolder('layerdeck/base:1', copy, { 'important.txt': 'hello' });
  giveTo(folder.path, 1000);
  for (const [reference, wanted] of Object.entries(clients)) {
    await all.find(({ name }) => name === wanted)?.build({ host: engine.host, folder: folder.path, reference });
  }
}

async function compare(window: Page, references: string[]): Promise<void> {
  await search(window, 'e2e-fork');
  for (const reference of references) await rowOf(window, reference).getByRole('checkbox').check();
  await window.getByRole('toolbar').getByRole('button', { name: 'Compare' }).click();
  // of two, their files come first
  if (references.length === 2) await window.getByRole('button', { name: 'Compare how they were built' }).click();
  await expect(window.getByRole('region', { name: 'Cache matrix' })).toBeVisible();
}

const look = (window: Page) => window.getByRole('button', { name: 'Look into the layers' }).click();

test.beforeAll(({ engine }) => buildByAll(engine, 'COPY important.txt /app/'));

test('for images that several programs built from one folder, the window says where the caches diverge and proves why', async ({
  window,
}) => {
  await compare(window, Object.keys(clients));
  await look(window);
  const told = window.getByRole('article');
  await expect(told).toHaveCount(2);
  // each is compared with the one it has most in common with
  await expect(told.filter({ hasText: 'Each has a cache of its own' })).toHaveCount(1);
  await expect(told.filter({ hasText: 'Another owner' })).toHaveCount(1);
  await expectNoViolations(window);
  // the button still has the focus
  await expect(window.getByRole('button', { name: 'Look again' })).toBeFocused();
});

test('the owner of the files is named, and which program it came from', async ({ window }) => {
  await compare(window, ['e2e-fork-command:1', 'e2e-fork-script:1']);
  await look(window);
  const told = window.getByRole('article');
  await expect(told).toContainText('it was given the same files, but packed in another way');
  await expect(told).toContainText(/Another owner: .*(0:0.*1000:1000|1000:1000.*0:0)/);
  await expect(told).toContainText(/so another program packed the files of (this image|e2e-fork-script:1)/);
  // the folder that COPY made has another date, unless both were built within a second
  await expect(told).toContainText(/only the date of 1\sfolder differs \(app\)|Both layers hold the same/);
});

test('two builders are told apart before anything is read', async ({ window }) => {
  await compare(window, ['e2e-fork-command:1', 'e2e-fork-buildkit:1']);
  await expect(window.getByText(/^The builders differ/)).toBeVisible();
  await look(window);
  await expect(window.getByRole('article')).toContainText('Each has a cache of its own');
});

test('an image that has gone in the meantime is said to be gone', async ({ window, engine }) => {
  await engine.docker(['tag', 'e2e-fork-script:1', 'e2e-fork-gone:1']);
  await engine.docker(['rmi', 'e2e-fork-script:1']);
  await compare(window, ['e2e-fork-command:1', 'e2e-fork-gone:1']);
  await engine.docker(['rmi', 'e2e-fork-gone:1']);
  await look(window);
  await expect(window.getByRole('alert')).toBeVisible();
  await expect(window.getByRole('button', { name: 'Try again' })).toBeFocused();
});
