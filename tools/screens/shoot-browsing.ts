import type { Engine } from '../engine/engine.ts';
import type { Camera } from './camera.ts';

/** What is in the registry that runs: tags, what goes with them, and what nothing needs. */
export async function shootBrowsing(engine: Engine, camera: Camera): Promise<void> {
  const { page } = camera;
  const port = (await engine.docker(['port', 'layerdeck-registry', '5000'])).trim().split(':').at(-1);
  const name = `localhost:${port}/acme/shop`;
  const publish = async (bytes: number, ...tags: string[]) => {
    const [first = '', ...others] = tags.map((tag) => `${name}:${tag}`);
    await engine.docker(['build', '--quiet', '--tag', first, '-'], {
      input: `FROM my-team/hello-api:2.0\nRUN head -c ${bytes} /dev/urandom > /shop\n`,
      env: { DOCKER_BUILDKIT: '0' },
    });
    for (const other of others) await engine.docker(['tag', first, other]);
    for (const reference of [first, ...others]) await engine.docker(['push', reference]);
  };
  await publish(4_000_000, '2.2.0');
  await publish(6_000_000, '2.3.0');
  // the tag moves on, and leaves an image that nothing leads to
  await publish(7_000_000, '2.3.0', 'stable');
  await publish(8_000_000, '2.4.0', '2.4', 'latest');
  await engine.docker(['rmi', `${name}:2.2.0`]);
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Registry' }).click();
  await page.getByRole('link', { name: 'Look into it: the registry' }).click();
  await page.getByRole('list', { name: 'Repositories' }).getByRole('link', { name: 'acme/shop', exact: true }).click();
  const row = (tag: string) => page.getByRole('row', { name: tag, exact: true });
  await row('2.4.0').getByText('You have this one').waitFor();
  await row('2.4.0').getByText('2.4.0', { exact: true }).click();
  await page.getByRole('complementary', { name: 'The tag 2.4.0' }).getByText('Copy for Compose').waitFor({ state: 'attached' });
  await camera.shoot('registry-tags');
  for (const tag of ['2.2.0', '2.4']) await row(tag).getByRole('checkbox').check();
  await page.getByRole('toolbar', { name: 'Selected tags' }).getByRole('button', { name: 'Remove…' }).click();
  await page.getByRole('list', { name: 'To be removed' }).waitFor();
  await camera.shoot('registry-remove-tags');
  await page.keyboard.press('Escape');
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Registry' }).click();
  await page.getByRole('button', { name: 'More for the registry' }).click();
  await page.getByRole('menuitem', { name: 'Free space…' }).click();
  await page.getByRole('dialog').getByRole('button', { name: /^Free/ }).waitFor();
  await camera.shoot('registry-free-space');
  await page.keyboard.press('Escape');
  const references = ['2.3.0', 'stable', '2.4.0', '2.4', 'latest'].map((tag) => `${name}:${tag}`);
  await engine.docker(['rmi', ...references]);
}
