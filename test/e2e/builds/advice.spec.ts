import { readFileSync } from 'node:fs';
import { dropFiles } from '../../../tools/drive/drop-files.ts';
import { expect, test } from '../../support/window/app.ts';
import { buildHeading, chooseBuilder, startBuild } from '../../support/window/build-in-window.ts';
import { expectNoViolations } from '../../support/window/expect-no-violations.ts';
import { WorkFolder } from '../../support/work-folder.ts';

const advice = ['FROM layerdeck/base:1', 'ARG API_TOKEN', 'ADD . /app', 'RUN npm ci || sleep 1', ''].join('\n');

test('advice names the lines, what it would have saved, and changes nothing', async ({ window }) => {
  await chooseBuilder(window, 'BuildKit');
  using folder = new WorkFolder({ Dockerfile: advice, 'a.txt': `${Math.random()}` });
  await dropFiles(window, [folder.path]);
  await startBuild(window, 'e2e-advice:1');
  await expect(buildHeading(window, 'e2e-advice:1 is built')).toBeVisible({ timeout: 30_000 });
  await window.getByRole('tab', { name: 'Advice' }).click();
  const cards = window.getByRole('list', { name: 'Advice' }).getByRole('listitem');
  await expect(cards).toHaveCount(4);
  await expect(cards.nth(0)).toContainText('Give API_TOKEN as a secret');
  await expect(cards.filter({ hasText: 'Install packages before you copy everything' })).toContainText(/would have saved [1-9]\.\d\ss/);
  await expect(cards.filter({ hasText: 'COPY is enough here' })).toContainText('COPY . /app');
  await expect(cards.filter({ hasText: 'doesn’t belong' })).toContainText('node_modules');
  await expectNoViolations(window);

  await cards.filter({ hasText: 'Install packages' }).getByRole('button', { name: 'Lines 3–4' }).click();
  await expect(window.getByRole('tab', { name: 'Dockerfile' })).toHaveAttribute('aria-selected', 'true');
  await expect(window.locator('[data-mark]')).toHaveText([/ADD \. \/app/, /RUN npm ci/]);
  expect(readFileSync(folder.file('Dockerfile'), 'utf8')).toBe(advice);
});
