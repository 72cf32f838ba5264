import type { Camera } from './camera.ts';

/** Making room: what could go, what so much room costs, what the build cache consists of, and what came of it. */
export async function shootDisk(camera: Camera): Promise<void> {
  const { page } = camera;
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Disk' }).click();
  await page.getByText('can go and be had again').waitFor();
  await page.getByLabel('I need', { exact: true }).fill('12 MB');
  const foot = page.getByRole('region', { name: 'What is ticked' });
  await foot.getByText(/^Frees .+ you asked for/).waitFor();
  await page.locator('main').getByRole('heading').first().click();
  await camera.shoot('disk');
  await page.getByRole('button', { name: /^Show the parts of Results/ }).click();
  await page.getByRole('list', { name: 'Parts of the build cache' }).waitFor();
  await camera.shoot('build-cache');
  await page.getByRole('button', { name: 'Close' }).click();
  // something that can be brought back
  await page
    .getByRole('checkbox', { name: /^Untagged, was/ })
    .first()
    .check();
  await foot.getByRole('button', { name: /^Free/ }).click();
  const note = page.getByRole('note').filter({ hasText: 'freed' });
  await note.waitFor();
  await note.getByText('Bring something back').click();
  await camera.shoot('disk-cleaned');
}
