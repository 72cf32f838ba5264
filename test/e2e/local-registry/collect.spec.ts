import { keepPort } from '../../support/keep-port.ts';
import { putLooseBlobs } from '../../support/loose-blobs.ts';
import { Putting } from '../../support/put-image.ts';
import { expect, test } from '../../support/window/app.ts';
import { expectNoViolations } from '../../support/window/expect-no-violations.ts';
import { dialogOf, showPage } from '../../support/window/find-in-window.ts';

test('space is freed in the registry after a look at what goes, and everything that is left is asked for', async ({ engine, window }) => {
  await keepPort(engine);
  await showPage(window, 'Registry');
  await window.getByRole('button', { name: 'Start the registry' }).click();
  const state = window.getByRole('region', { name: 'Registry state' });
  await expect(state).toContainText('Running at');
  const address = (await engine.docker(['port', 'layerdeck-registry', '5000'])).trim().replace('127.0.0.1', 'localhost');
  const shop = new Putting(address, 'e2e-collect/shop');
  const digest = await shop.image(['1'], { size: 400_000 });
  await shop.image(['1'], { size: 1000 });
  await shop.list(['2'], ['linux/amd64', 'linux/arm64'], { size: 1000 });

  const open = async () => {
    await window.getByRole('button', { name: 'More for the registry' }).click();
    await window.getByRole('menuitem', { name: 'Free space…' }).click();
  };
  await open();
  await expect(dialogOf(window)).toContainText('No file is unused.');
  await expect(dialogOf(window)).toContainText('4 images stay');
  const untagged = dialogOf(window).getByRole('checkbox', { name: /^Also 1\simage that no tag leads to: 40\d\skB/ });
  await expect(untagged).toBeChecked();
  await expectNoViolations(window);
  await untagged.uncheck();
  await expect(dialogOf(window).getByRole('button', { name: /^Free/ })).toHaveCount(0);
  await untagged.check();
  await dialogOf(window)
    .getByRole('button', { name: /^Free 40\d\skB/ })
    .click();
  await expect(state).toContainText(/40\d\skB freed with 1\simage that no tag led to/);
  await expect(state).toContainText(/All 4\simages that are left were asked for/);
  await expect(state).toContainText(`Running at ${address}`);
  expect((await fetch(`http://${address}/v2/e2e-collect/shop/manifests/${digest}`)).status).toBe(404);
  await expectNoViolations(window);

  await open();
  await expect(dialogOf(window)).toContainText('No file is unused.');
  await expect(untagged).toHaveCount(0);
  await dialogOf(window).getByRole('button', { name: 'Close' }).click();
});

test('an app that is killed while space is freed leaves a registry that starts again, with all that is needed', async ({
  engine,
  launch,
  folder,
}) => {
  await engine.docker(['rm', '--force', '--volumes', 'layerdeck-registry']).catch(() => {});
  await engine.docker(['volume', 'rm', '--force', 'layerdeck-registry']);
  await keepPort(engine);
  const app = await launch({ home: folder });
  const window = await app.firstWindow();
  await showPage(window, 'Registry');
  await window.getByRole('button', { name: 'Start the registry' }).click();
  await expect(window.getByRole('region', { name: 'Registry state' })).toContainText('Running at');
  const address = (await engine.docker(['port', 'layerdeck-registry', '5000'])).trim().replace('127.0.0.1', 'localhost');
  const digest = await new Putting(address, 'e2e-killed/shop').image(['1'], { size: 5000 });
  await putLooseBlobs(engine, 'layerdeck-registry', 2000);
  await window.getByRole('button', { name: 'More for the registry' }).click();
  await window.getByRole('menuitem', { name: 'Free space…' }).click();
  await dialogOf(window)
    .getByRole('button', { name: /^Free / })
    .click();
  await expect
    .poll(() => engine.docker(['inspect', '--format', '{{.State.Running}}', 'layerdeck-registry']), { intervals: [20] })
    .toBe('false\n');
  const closed = app.waitForEvent('close');
  app.process().kill('SIGKILL');
  await closed;

  const next = await (await launch({ home: folder })).firstWindow();
  await showPage(next, 'Registry');
  const state = next.getByRole('region', { name: 'Registry state' });
  await next.getByRole('button', { name: 'Start the registry' }).click();
  await expect(state).toContainText(`Running at ${address}`);
  const headers = { accept: 'application/vnd.oci.image.manifest.v1+json' };
  expect((await fetch(`http://${address}/v2/e2e-killed/shop/manifests/${digest}`, { headers })).status).toBe(200);
  expect(await engine.docker(['ps', '--all', '--quiet', '--filter', 'label=app.layerdeck.collector'])).toBe('');
});
