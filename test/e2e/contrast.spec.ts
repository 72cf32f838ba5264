import type { Locator } from '@playwright/test';
import { makeRandomImage } from '../support/random-image.ts';
import { expect, test } from './app.ts';
import { dialogOf, openImage, rowOf, search, showPage } from './find-in-window.ts';

/** What tells a thing from others of its kind, as it is really drawn. */
const drawn = (thing: Locator): Promise<string> =>
  thing.evaluate((element) => {
    const { backgroundColor, outlineStyle, outlineColor, borderStyle } = getComputedStyle(element);
    return [backgroundColor, outlineStyle, outlineStyle === 'none' ? '' : outlineColor, borderStyle].join(' ');
  });

test('with a system’s high contrast one sees what is chosen', async ({ engine, window }) => {
  for (const name of ['e2e-contrast-a:1', 'e2e-contrast-b:1']) await makeRandomImage(engine.host, name, 1000);
  await engine.docker(['tag', 'e2e-contrast-a:1', 'localhost:1/e2e-contrast-c:1']);
  await window.emulateMedia({ forcedColors: 'active' });
  await showPage(window, 'Images');
  await search(window, 'e2e-contrast');
  const [a, b] = [rowOf(window, 'e2e-contrast-a:1'), rowOf(window, 'e2e-contrast-b:1')];
  await a.getByRole('checkbox').check();
  await window.mouse.move(0, 0);
  expect(await drawn(a)).not.toBe(await drawn(b));
  await window.getByRole('searchbox').focus();
  expect(await drawn(a.getByRole('checkbox'))).not.toBe(await drawn(b.getByRole('checkbox')));
  const filter = (name: RegExp) => window.getByRole('group', { name: 'Show' }).getByRole('button', { name });
  expect(await drawn(filter(/^All/))).not.toBe(await drawn(filter(/^In use/)));
  const link = (name: string) => window.getByRole('navigation', { name: 'Main' }).getByRole('link', { name });
  expect(await drawn(link('Images'))).not.toBe(await drawn(link('Builds')));
  await expect(window.getByRole('toolbar', { name: 'Selected images' })).toHaveCSS('border-top-style', 'solid');

  await openImage(window, 'e2e-contrast-a:1', 'Tags');
  expect(await drawn(window.getByRole('tab', { name: 'Tags' }))).not.toBe(await drawn(window.getByRole('tab', { name: 'Layers' })));
  await window.getByRole('button', { name: 'Push…' }).click();
  await expect(dialogOf(window)).toHaveCSS('border-top-style', 'solid');
  const radios = dialogOf(window).getByRole('radio');
  await expect(radios.first()).toBeChecked();
  expect(await drawn(radios.first())).not.toBe(await drawn(radios.last()));
  // the words of a filled button stand on its own colour
  await expect(dialogOf(window).getByRole('button', { name: 'Push' })).toHaveCSS('forced-color-adjust', 'none');
  await window.emulateMedia({ forcedColors: null });
});
