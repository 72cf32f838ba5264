import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ElectronApplication, Page } from '@playwright/test';
import { addContext } from '../../../main/foundation/engine/docker-contexts.ts';
import { startEngine } from '../../../tools/engine/start-engine.ts';
import { makeRandomImage } from '../../support/random-image.ts';
import { expect, test } from '../../support/window/app.ts';
import { expectNoViolations } from '../../support/window/expect-no-violations.ts';
import { dialogOf, rowOf, showPage } from '../../support/window/find-in-window.ts';

const hashOf = (name: string): string => createHash('sha256').update(name).digest('hex');

const row = (window: Page, name: string) => window.getByRole('list', { name: 'Engines' }).getByRole('listitem', { name, exact: true });

const first = async (app: ElectronApplication): Promise<Page> => app.firstWindow();

test('every docker context is shown as it is, one is chosen, and its images appear; the choice outlives the app', async ({
  engine,
  launch,
  folder: home,
}) => {
  const other = await startEngine();
  try {
    await makeRandomImage(engine.host, 'e2e-engines:here', 1000);
    await makeRandomImage(other.host, 'e2e-engines:there', 1000);
    await addContext(join(home, '.docker'), { name: 'one', address: engine.host });
    await addContext(join(home, '.docker'), { name: 'other', address: other.host });
    await addContext(join(home, '.docker'), { name: 'twin', address: `unix://${other.socket.replace('/docker.sock', '/./docker.sock')}` });
    await addContext(join(home, '.docker'), { name: 'gone', address: `unix://${home}/nobody.sock` });
    writeFileSync(join(home, '.docker/config.json'), JSON.stringify({ currentContext: 'one' }));
    const app = await launch({ host: '' });
    const window = await first(app);
    await expect(rowOf(window, 'e2e-engines:here')).toBeVisible();

    await showPage(window, 'Engines');
    await expect(row(window, 'docker context one')).toContainText('In use');
    await expect(row(window, 'docker context other')).toContainText(/Docker [\d.]+.* answers/);
    await expect(row(window, 'docker context twin')).toContainText('The same engine as docker context other');
    await expect(row(window, 'docker context gone')).toContainText('No engine answers there');
    await expectNoViolations(window);

    await window.getByRole('button', { name: 'Use this engine: docker context other' }).click();
    await expect(row(window, 'docker context other')).toContainText('In use');

    // docker's command is another matter
    await expect(row(window, 'docker context one')).toContainText('docker’s command');
    await window.getByRole('button', { name: 'Actions for docker context other' }).click();
    await expectNoViolations(window);
    await window.getByRole('menuitem', { name: 'Use with docker’s command, too' }).click();
    await expect(row(window, 'docker context other')).toContainText('docker’s command');
    expect(JSON.parse(readFileSync(join(home, '.docker/config.json'), 'utf8'))).toEqual({ currentContext: 'other' });
    writeFileSync(join(home, '.docker/config.json'), JSON.stringify({ currentContext: 'one' }));
    await showPage(window, 'Images');
    await expect(rowOf(window, 'e2e-engines:there')).toBeVisible();
    await expect(rowOf(window, 'e2e-engines:here')).toHaveCount(0);
    await app.close();

    const again = await first(await launch({ host: '' }));
    await expect(rowOf(again, 'e2e-engines:there')).toBeVisible();
    // the chosen engine stops: no other is taken for it
    await other.kill();
    await expect(again.getByRole('heading', { level: 1, name: 'The engine stopped' })).toBeVisible();
    await showPage(again, 'Engines');
    await again.getByRole('button', { name: 'Take the first that answers' }).click();
    await showPage(again, 'Images');
    await expect(rowOf(again, 'e2e-engines:here')).toBeVisible();
  } finally {
    await other.stop();
  }
});

test('the images of two engines stand in one list, and what is done to one is done on its own engine', async ({
  engine,
  launch,
  folder: home,
}) => {
  const other = await startEngine();
  try {
    await makeRandomImage(engine.host, 'e2e-two:here', 1000);
    await makeRandomImage(other.host, 'e2e-two:there', 1000);
    await addContext(join(home, '.docker'), { name: 'one', address: engine.host });
    await addContext(join(home, '.docker'), { name: 'other', address: other.host });
    writeFileSync(join(home, '.docker/config.json'), JSON.stringify({ currentContext: 'one' }));
    const window = await first(await launch({ host: '' }));
    await showPage(window, 'Engines');
    await window.getByRole('button', { name: 'Show its images, too: docker context other' }).click();
    await expect(row(window, 'docker context other')).toContainText('Images shown');
    await showPage(window, 'Images');
    const here = rowOf(window, 'e2e-two:here, on one');
    const there = rowOf(window, 'e2e-two:there, on other');
    await expect(here).toBeVisible();
    await expect(there).toBeVisible();
    await expect(window.getByRole('main')).toContainText('on 2 engines');
    await expectNoViolations(window);

    const engines = window.getByRole('group', { name: 'Engines' });
    await engines.getByRole('button', { name: /^one/ }).click();
    await expect(here).toHaveCount(0);
    await expect(there).toBeVisible();
    await engines.getByRole('button', { name: /^one/ }).click();
    await expect(here).toBeVisible();

    // what several engines would have to do together is not offered
    await here.getByRole('checkbox').check();
    await there.getByRole('checkbox').check();
    const bar = window.getByRole('toolbar', { name: 'Selected images' });
    await expect(bar).toContainText('on several engines');
    await expect(bar.getByRole('button', { name: 'Remove…' })).toBeDisabled();
    await here.getByRole('checkbox').uncheck();
    await expect(bar.getByRole('button', { name: 'Remove…' })).toBeEnabled();
    await bar.getByRole('button', { name: 'Clear the selection' }).click();

    // what is here already goes over with one layer less to send
    await here.hover();
    await here.getByRole('button', { name: /^Actions for/ }).click();
    await window.getByRole('menuitem', { name: 'Send to other…' }).click();
    await expect(dialogOf(window)).toContainText(/Sends .*: 1\slayer/);
    await expectNoViolations(window);
    await dialogOf(window)
      .getByRole('button', { name: /^Send / })
      .click();
    await expect(window.getByRole('status')).toContainText(['1 image loaded on the other engine']);
    await showPage(window, 'Images');
    await expect(rowOf(window, 'e2e-two:here, on other')).toBeVisible();
    expect(await other.docker(['images', '-q', 'e2e-two:here'])).toBe(await engine.docker(['images', '-q', 'e2e-two:here']));

    await there.getByRole('link').click();
    await expect(window.getByRole('heading', { level: 1 })).toContainText('e2e-two');
    await expect(window.getByRole('main')).toContainText('On other');
    await window.getByRole('tab', { name: 'Tags' }).click();
    await window.getByRole('button', { name: 'Add a tag…' }).click();
    await dialogOf(window).getByRole('textbox').fill('e2e-two:named');
    await dialogOf(window).getByRole('button', { name: 'Add the tag' }).click();
    await expect(window.getByRole('list', { name: 'Tags' }).getByRole('listitem', { name: 'e2e-two:named' })).toBeVisible();
    expect(await engine.docker(['images', '-q', 'e2e-two:named'])).toBe('');
    await window.getByRole('button', { name: 'Remove…' }).click();
    await dialogOf(window)
      .getByRole('button', { name: /^Remove/ })
      .press('Enter');
    await expect(dialogOf(window)).toHaveCount(0);
    await expect(there).toHaveCount(0);
    await expect(here).toBeVisible();
    await expect.poll(() => other.docker(['images', '-q', 'e2e-two:there'])).toBe('');

    // it stops: the list goes on without it
    await other.kill();
    await expect(engines.getByRole('img', { name: 'doesn’t answer' })).toBeVisible();
    await expect(here).toBeVisible();
  } finally {
    await other.stop();
  }
});

test('an engine is added as a docker context, and removed again', async ({ engine, launch, folder: home }) => {
  await addContext(join(home, '.docker'), { name: 'one', address: engine.host });
  writeFileSync(join(home, '.docker/config.json'), JSON.stringify({ currentContext: 'one', detachKeys: 'ctrl-a' }));
  const window = await first(await launch({ host: '' }));
  await showPage(window, 'Engines');
  await window.getByRole('button', { name: 'Add an engine…' }).click();
  const dialog = dialogOf(window);
  await dialog.getByRole('textbox', { name: 'Name' }).fill('default');
  await expect(dialog).toContainText('docker’s own name');
  await dialog.getByRole('textbox', { name: 'Name' }).fill('build-server');
  await dialog.getByRole('textbox', { name: 'Address' }).fill('/var/x.sock');
  await expect(dialog).toContainText('Write unix:// in front of it');
  await dialog.getByRole('textbox', { name: 'Address' }).fill(`unix://${home}/nobody.sock`);
  await dialog.getByRole('button', { name: 'Add', exact: true }).click();
  await expect(dialog.getByRole('alert')).toBeVisible();
  await expectNoViolations(window);
  await dialog.getByRole('button', { name: 'Add it all the same' }).click();
  await expect(dialog).toHaveCount(0);
  await expect(row(window, 'docker context build-server')).toBeVisible();
  const meta = join(home, '.docker/contexts/meta', hashOf('build-server'), 'meta.json');
  expect(JSON.parse(readFileSync(meta, 'utf8'))).toMatchObject({
    Name: 'build-server',
    Endpoints: { docker: { Host: `unix://${home}/nobody.sock`, SkipTLSVerify: false } },
  });

  await window.getByRole('button', { name: 'Actions for docker context build-server' }).click();
  await window.getByRole('menuitem', { name: 'Remove from the list…' }).click();
  await dialogOf(window).getByRole('button', { name: 'Remove it from the list' }).click();
  await expect(row(window, 'docker context build-server')).toHaveCount(0);
  expect(existsSync(meta)).toBe(false);
  // docker's own settings stay
  expect(JSON.parse(readFileSync(join(home, '.docker/config.json'), 'utf8'))).toEqual({ currentContext: 'one', detachKeys: 'ctrl-a' });
});

test('a context that docker’s command should use and that is gone is named, and the command is set right', async ({
  launch,
  folder: home,
}) => {
  await addContext(join(home, '.docker'), { name: 'one', address: `unix://${home}/nobody.sock` });
  const settings = join(home, '.docker/config.json');
  writeFileSync(settings, JSON.stringify({ currentContext: 'lost-one', detachKeys: 'ctrl-a' }));
  const window = await first(await launch({ host: '' }));
  await showPage(window, 'Engines');
  const note = window.getByRole('note').filter({ hasText: 'docker’s command should use lost-one, which is gone' });
  await expect(note).toBeVisible();
  await expectNoViolations(window);
  await note.getByRole('button', { name: 'Let it use the engine on this computer' }).click();
  await expect(note).toHaveCount(0);
  expect(JSON.parse(readFileSync(settings, 'utf8'))).toEqual({ detachKeys: 'ctrl-a' });
});

test('if DOCKER_HOST names the engine, there is nothing to choose', async ({ window }) => {
  await showPage(window, 'Engines');
  await expect(window.getByRole('note')).toContainText('DOCKER_HOST names the engine');
  await expect(row(window, 'DOCKER_HOST')).toContainText('In use');
  await expect(window.getByRole('button', { name: 'Add an engine…' })).toHaveCount(0);
});
