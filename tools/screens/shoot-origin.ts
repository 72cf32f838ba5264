import { join } from 'node:path';
import type { Engine } from '../engine/engine.ts';
import { startRegistry } from '../engine/start-registry.ts';
import type { Camera } from './camera.ts';

/** Where an image comes from, and that its registry has a newer one. */
export async function shootOrigin(engine: Engine, folder: string, camera: Camera): Promise<void> {
  const { page } = camera;
  const registry = await startRegistry(join(folder, 'registry-of-acme'));
  const reference = `localhost:${registry.port}/acme/shop:latest`;
  const build = async (version: string, layers: string) => {
    const labels = {
      source: 'https://example.org/acme/shop',
      revision: '7c1e2f9',
      version,
      vendor: 'Acme Ltd, Rotterdam',
      licenses: 'MIT',
    };
    const lines = Object.entries(labels).map(([name, value]) => `LABEL org.opencontainers.image.${name}="${value}"`);
    await engine.docker(['build', '--quiet', '--tag', reference, '-'], {
      input: `FROM my-team/hello-api:2.0\n${layers}\n${lines.join('\n')}\n`,
      env: { DOCKER_BUILDKIT: '0' },
    });
    await engine.docker(['push', reference]);
    return (await engine.docker(['inspect', '--format', '{{.Id}}', reference])).trim();
  };
  const older = await build('2.3.0', 'RUN head -c 9000000 /dev/urandom > /shop');
  // engines tell seconds only
  await page.waitForFunction((then) => Date.now() > then, Math.ceil(Date.now() / 1000) * 1000 + 1000);
  const newer = await build('2.3.1', 'RUN head -c 9500000 /dev/urandom > /shop');
  await engine.docker(['tag', older, reference]);
  await engine.docker(['rmi', newer]);
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Images' }).click();
  await page.getByRole('row', { name: reference, exact: true }).getByRole('link').click();
  await page.getByRole('tab', { name: 'Origin' }).click();
  await page.getByText('to download of').waitFor();
  await camera.shoot('origin');
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Images' }).click();
  await engine.docker(['rmi', reference]);
  await registry.stop();
}
