import type { Camera } from './camera.ts';

/** The list, looked at closely: grouped, with more columns, with what it can be narrowed by; and all that the engine says of an image. */
export async function shootList(camera: Camera): Promise<void> {
  const { page } = camera;
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Images' }).click();
  const view = page.getByRole('button', { name: 'View', exact: true });
  const toggle = async (...names: string[]) => {
    await view.click();
    for (const name of names) await page.getByRole('menuitemcheckbox', { name, exact: true }).click();
    await page.keyboard.press('Escape');
  };
  await toggle('Group by repository', 'Last used', 'Only here');
  const heading = page.getByRole('row', { name: /^my-team\/\S+, / }).first();
  await heading.getByRole('checkbox').check();
  await page.getByText('only theirs').waitFor();
  await camera.shoot('images-grouped');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Clear the selection' }).click();
  await toggle('Group by repository', 'Last used', 'Only here');
  await page.getByRole('button', { name: 'Filter', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Of one repository' }).hover();
  await page
    .getByRole('menuitemcheckbox', { name: /my-team/ })
    .first()
    .waitFor();
  await camera.shoot('images-filter');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await page
    .getByRole('row', { name: /^my-team/ })
    .first()
    .getByRole('link')
    .click();
  await page.getByRole('tab', { name: 'Inspect' }).click();
  await page.getByRole('treeitem', { name: /^Id / }).waitFor();
  await page.getByRole('searchbox', { name: /^Search in what/ }).fill('path');
  await camera.shoot('inspect');
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Images' }).click();
}
