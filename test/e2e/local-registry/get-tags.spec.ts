import { Putting } from '../../support/put-image.ts';
import { runRegistry } from '../../support/run-registry.ts';
import { expect, test } from '../../support/window/app.ts';
import { dropOn, take } from '../../support/window/drag-in-window.ts';
import { dialogOf } from '../../support/window/find-in-window.ts';
import { imageId } from '../../support/window/read-engine.ts';

test('tags of a registry are dropped on the images, and got', async ({ window, engine }) => {
  await using registry = await runRegistry();
  const shop = new Putting(registry.address, 'acme/shop');
  for (const tag of ['1', '2', '3']) await shop.image([tag]);
  await window.evaluate((place) => {
    location.hash = `#/browse/${encodeURIComponent(place)}`;
  }, `${registry.address}/acme/shop`);
  const table = window.getByRole('table', { name: 'Tags' });
  const tag = (name: string) => table.getByRole('row', { name, exact: true });
  const images = window.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: /^Images/ });
  await expect(tag('3')).toContainText('Not here');
  await take(window, tag('3').getByRole('button', { name: '3', exact: true }));
  await expect(images).toHaveAttribute('title', 'Drop here to get');
  await dropOn(window, images);
  await expect(dialogOf(window)).toContainText(`${registry.address}, acme/shop`);
  await window.keyboard.press('Escape');
  await expect(images).not.toHaveAttribute('title', 'Drop here to get');
  for (const name of ['1', '2']) await tag(name).getByRole('checkbox').check();
  await take(window, tag('1').getByRole('button', { name: '1', exact: true }));
  await dropOn(window, images);
  for (const name of ['1', '2']) await expect.poll(() => imageId(engine, `${registry.address}/acme/shop:${name}`)).not.toBe('');
  expect(await imageId(engine, `${registry.address}/acme/shop:3`)).toBe('');
});
