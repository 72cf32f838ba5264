import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ElectronApplication } from '@playwright/test';
import { chainIds } from '../../main/foundation/layers/chain-ids.ts';
import { writeReceipt } from '../../main/foundation/receipts/receipt.ts';
import { answerSaveDialog } from '../drive/answer-dialogs.ts';
import { dropFiles } from '../drive/drop-files.ts';
import type { Engine } from '../engine/engine.ts';
import type { Camera } from './camera.ts';

/** The other computer has these; of what else is chosen it lacks the newest layers. */
const known = ['my-team/hello-api:2.0', 'layerdeck/base:1'];
const carried = ['reports:0.9', 'my-team/hello-api:2.0'];

/** Images for a computer that has some of their layers already: what is packed, and what such a file says here and elsewhere. */
export async function shootSuitcase(app: ElectronApplication, engine: Engine, folder: string, camera: Camera): Promise<void> {
  const { page } = camera;
  const stacks = JSON.parse(await engine.docker(['image', 'inspect', ...known])) as { RootFS: { Layers: string[] } }[];
  const chains = new Set(stacks.flatMap(({ RootFS }) => chainIds(RootFS.Layers)));
  const receipt = join(folder, 'lab-03.receipt.json');
  writeFileSync(
    receipt,
    writeReceipt({ name: 'lab-03', madeAt: Date.now() - 20 * 3_600_000, platform: 'linux/amd64', takesParts: true, chains }),
  );
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Images' }).click();
  for (const name of carried) await page.getByRole('checkbox', { name: `Select ${name}`, exact: true }).click();
  await page.getByRole('toolbar').getByRole('button', { name: 'Save…' }).click();
  await dropFiles(page, [receipt]);
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('region', { name: 'What is packed' }).waitFor();
  await camera.shoot('save-for-another-computer');
  const path = join(folder, 'for-lab-03.tar');
  await answerSaveDialog(app, path);
  await dialog.getByRole('button', { name: /^Save .*B…/ }).click();
  await page.locator('.page[data-state=succeeded]').waitFor({ timeout: 60_000 });
  await camera.shoot('saved-for-another-computer');
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Images' }).click();
  await dropFiles(page, [path]);
  await dialog.getByText('Complete here').waitFor();
  await camera.shoot('load-complete-here');
  await page.keyboard.press('Escape');
}
