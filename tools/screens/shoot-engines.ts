import { join } from 'node:path';
import { addContext, switchContext } from '../../main/foundation/engine/docker-contexts.ts';
import { makeRandomImage } from '../../test/support/random-image.ts';
import { launchApp } from '../drive/launch-app.ts';
import type { Engine } from '../engine/engine.ts';
import { SshServer } from '../engine/ssh-server.ts';
import { startEngine } from '../engine/start-engine.ts';
import type { Camera } from './camera.ts';

/** The page of engines and the list of two, in an app that no DOCKER_HOST tells which to use: two that answer, and one that does not. */
export async function shootEngines(engine: Engine, home: string, cameraOf: (page: Camera['page']) => Camera): Promise<void> {
  const other = await startEngine();
  const server = await SshServer.start(engine.host, { isUnknown: true, passphrase: 'correct horse' });
  try {
    for (const name of ['team/reports:2.1', 'team/reports:latest', 'worker:0.9']) await makeRandomImage(other.host, name, 400_000);
    const contexts = join(home, '.docker');
    await addContext(contexts, { name: 'laptop', address: engine.host });
    await addContext(contexts, { name: 'build-server', address: other.host });
    await addContext(contexts, { name: 'staging', address: 'tcp://127.0.0.1:9' });
    await switchContext(contexts, 'laptop');
    const app = await launchApp({ host: '', home, env: { PATH: server.env.PATH ?? '' } });
    try {
      const page = await app.firstWindow();
      const camera = cameraOf(page);
      await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Engines' }).click();
      await page.getByText('Nothing answers at').waitFor();
      await camera.shoot('engines');
      await page.getByRole('button', { name: 'Show its images, too: docker context build-server' }).click();
      await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Images' }).click();
      await page
        .getByRole('row', { name: /on build-server/ })
        .first()
        .waitFor();
      await camera.shoot('images-of-two-engines');
      const row = page.getByRole('row', { name: 'team/reports:2.1, on build-server' });
      await row.hover();
      await row.getByRole('button', { name: /^Actions for/ }).click();
      await page.getByRole('menuitem', { name: 'Send to laptop…' }).click();
      await page.getByRole('button', { name: /^Send .*B$/ }).waitFor();
      await camera.shoot('send-to-engine');
      await page.keyboard.press('Escape');
      await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Engines' }).click();
      await page.getByRole('button', { name: 'Add an engine…' }).click();
      await page.getByRole('textbox', { name: 'Name' }).fill('render-farm');
      await page.getByRole('textbox', { name: 'Address' }).fill('tcp://127.0.0.1:9');
      await page.getByRole('button', { name: 'Add', exact: true }).click();
      await page.getByRole('alert').waitFor();
      await camera.shoot('engine-to-add');
      await shootQuestions(page, camera, server.address);
    } finally {
      await app.close();
    }
  } finally {
    await server[Symbol.asyncDispose]();
    await other.stop();
  }
}

/** What SSH asks on the way to an engine: who is there, and the passphrase of a key. */
async function shootQuestions(page: Camera['page'], camera: Camera, address: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Address' }).fill(address);
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  const connect = page.getByRole('button', { name: 'It is, connect' });
  await connect.waitFor();
  await camera.shoot('ssh-unknown-computer');
  await connect.click();
  const passphrase = page.getByLabel('Passphrase', { exact: true });
  await passphrase.waitFor();
  await passphrase.fill('wrong');
  await page.keyboard.press('Enter');
  await page.getByText('That wasn’t the right one').waitFor();
  await camera.shoot('ssh-passphrase');
  await page.keyboard.press('Escape');
}
