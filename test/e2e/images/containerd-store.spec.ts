import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import type { Engine } from '../../../tools/engine/engine.ts';
import { startEngine } from '../../../tools/engine/start-engine.ts';
import { isNewerMissing } from '../../support/engines/newer-engine.ts';
import { makeLayer, platformsArchive } from '../../support/layered-archive.ts';
import { expect, test } from '../../support/window/app.ts';
import { expectNoViolations } from '../../support/window/expect-no-violations.ts';
import { dialogOf, openImage, rowOf, search } from '../../support/window/find-in-window.ts';

// one engine with containerd's store for all of these, whatever engine the other tests have
let packing: Engine;

test.beforeAll(async () => {
  test.setTimeout(300_000);
  test.skip(await isNewerMissing(), 'no newer engine can be started here');
  packing = await startEngine({ kind: 'docker-28-containerd' });
});

test.afterAll(() => packing?.stop());

/** Loads an image of three platforms, of which one is only named, and gives the window of an app on that engine. */
async function openWindow(launch: (options: { host: string }) => Promise<{ firstWindow(): Promise<Page> }>, folder: string) {
  const platforms = ['linux/amd64', 'linux/arm64/v8', 'linux/s390x'];
  const { archive } = await platformsArchive(
    'e2e-platforms:1',
    await Promise.all(
      platforms.map(async (platform, at) => ({
        platform,
        layers: [await makeLayer(`file-${at}`, 2_000_000 * (at + 1))],
        isMissing: platform === 'linux/s390x',
      })),
    ),
  );
  await writeFile(join(folder, 'image.tar'), archive);
  await packing.docker(['load', '--quiet', '--input', join(folder, 'image.tar')]);
  const window = await (await launch({ host: packing.host })).firstWindow();
  await window.emulateMedia({ reducedMotion: 'reduce' });
  return window;
}

test('an image of several platforms is one row with those that are here; its page names the others as well', async ({ launch, folder }) => {
  const window = await openWindow(launch, folder);
  await search(window, 'e2e-platforms');
  const row = rowOf(window, 'e2e-platforms:1');
  for (const here of ['linux/amd64', 'linux/arm64/v8']) await expect(row.getByText(here, { exact: true })).toBeVisible();
  await expect(row).not.toContainText('s390x');
  await expectNoViolations(window);
  await openImage(window, 'e2e-platforms:1');
  await expect(window.getByText(/2 of 3\splatforms are here/)).toBeVisible();
  await expect(window.getByText(/only named:\s*linux\/s390x/)).toBeVisible();
  await expect(window.getByText('Shown below: linux/amd64')).toBeVisible();
  await expect(window.getByText(/5\.0\sMB: 3\.0\sMB packed, 2\.0\sMB unpacked/)).toBeVisible();
  await expectNoViolations(window);
});

test('a removal says how much of what it frees is packed', async ({ launch, folder }) => {
  const window = await openWindow(launch, folder);
  await openImage(window, 'e2e-platforms:1');
  await window.getByRole('button', { name: 'Remove…' }).click();
  const dialog = dialogOf(window);
  // of 6 MB, half is random; what runs elsewhere isn't unpacked
  await expect(dialog).toContainText(/This frees 5\.0\sMB: 3\.0\sMB packed, 2\.0\sMB unpacked\./);
  await expectNoViolations(window);
  await dialog.getByRole('button', { name: /^Remove 1\simage, free 5\.0\sMB$/ }).click();
  await expect(rowOf(window, 'e2e-platforms:1')).toHaveCount(0);
});
