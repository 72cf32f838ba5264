import type { Page } from '@playwright/test';
import { expect, test } from '../../support/window/app.ts';
import { buildHeading, chooseFolder } from '../../support/window/build-in-window.ts';
import { dialogOf } from '../../support/window/find-in-window.ts';
import { WorkFolder } from '../../support/work-folder.ts';

const missed = 'TOKEN was not kept: fill it in again.';

/** A folder whose image cannot be built without a token. */
const tokenFolder = (name: string) =>
  new WorkFolder({
    [`${name}/Dockerfile`]: 'FROM layerdeck/base:1\nARG TOKEN\nCOPY VERSION /\nRUN test "$TOKEN" = right-token\n',
    [`${name}/VERSION`]: '1.0.0\n',
  });

const token = (window: Page) => dialogOf(window).getByRole('textbox', { name: 'TOKEN' });

async function buildWithToken(window: Page, title: string): Promise<void> {
  await token(window).fill('right-token');
  await expect(dialogOf(window)).not.toContainText(missed);
  await dialogOf(window).getByRole('button', { name: 'Build', exact: true }).click();
  await expect(buildHeading(window, title)).toBeVisible();
}

/** The options are open, the field says what is missing, and so does the foot of the form, which is always in sight. */
async function expectMissed(window: Page): Promise<void> {
  await expect(token(window)).toBeVisible();
  await expect(token(window)).toHaveValue('');
  await expect(token(window)).toHaveAccessibleDescription(new RegExp(`^${missed}`));
  await expect(dialogOf(window).getByRole('status').filter({ hasText: missed })).toBeVisible();
}

test('a secret argument that was not kept is asked for whenever the form opens with an earlier build', async ({ app, window }) => {
  using folder = tokenFolder('e2e-missed');
  await chooseFolder(app, window, folder.file('e2e-missed'));
  await dialogOf(window).getByText('Options and build arguments').click();
  await buildWithToken(window, 'e2e-missed:1.0.0 is built');

  await window.getByRole('button', { name: 'Change…' }).click();
  await expectMissed(window);
  await dialogOf(window).getByRole('button', { name: 'Cancel' }).click();

  // a new version opens the form, and the rest must not be forgotten
  folder.write('e2e-missed/VERSION', '1.1.0\n');
  await window.getByRole('button', { name: 'Build again' }).click();
  await expect(dialogOf(window)).toContainText('e2e-missed:1.0.0 stays as it is');
  await expectMissed(window);
  await dialogOf(window).getByText('Options and build arguments').click();
  await expect(dialogOf(window)).toContainText('TOKEN was not kept');
  await dialogOf(window).getByText('Options and build arguments').click();
  await buildWithToken(window, 'e2e-missed:1.1.0 is built');

  // the same folder again, from the start
  await chooseFolder(app, window, folder.file('e2e-missed'));
  await expect(dialogOf(window)).toContainText('Filled in as for the last build of this folder');
  await expectMissed(window);
  await dialogOf(window).getByRole('button', { name: 'Start afresh' }).click();
  await expect(dialogOf(window)).not.toContainText(missed);
});
