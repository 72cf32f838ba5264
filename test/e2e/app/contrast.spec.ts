import type { Locator } from '@playwright/test';
import { makeRandomImage } from '../../support/random-image.ts';
import { expect, test } from '../../support/window/app.ts';
import { expectNoViolations } from '../../support/window/expect-no-violations.ts';
import { dialogOf, openGallery, openImage, rowOf, search, showPage } from '../../support/window/find-in-window.ts';

/** What distinguishes a thing from others of its kind, as it is really drawn. */
const drawn = (thing: Locator): Promise<string> =>
  thing.evaluate((element) => {
    const { backgroundColor, outlineStyle, outlineColor, borderStyle } = getComputedStyle(element);
    return [backgroundColor, outlineStyle, outlineStyle === 'none' ? '' : outlineColor, borderStyle].join(' ');
  });

test('with a system’s high contrast the chosen item can be seen', async ({ engine, window }) => {
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
  // the text of a filled button is on the button's own colour
  await expect(dialogOf(window).getByRole('button', { name: 'Push' })).toHaveCSS('forced-color-adjust', 'none');
  await window.emulateMedia({ forcedColors: null });
});

test('with a system’s high contrast every state still looks different', async ({ window }) => {
  await openGallery(window);
  const states = window.getByRole('region', { name: 'States' });
  await states.scrollIntoViewIfNeeded();
  for (const colorScheme of ['light', 'dark'] as const) {
    await window.emulateMedia({ forcedColors: 'active', colorScheme });
    const icons = await states.locator('[aria-hidden]').filter({ visible: true }).all();
    const looks = await Promise.all(icons.map(async (icon) => `${await drawn(icon)} ${await icon.innerHTML()}`));
    expect(looks.length).toBeGreaterThan(5);
    expect(new Set(looks).size, colorScheme).toBe(looks.length);
  }
  await window.emulateMedia({ forcedColors: null, colorScheme: null });
});

test('with more contrast no piece of the interface is hard to read', async ({ window }) => {
  await openGallery(window);
  await window.emulateMedia({ contrast: 'more' });
  for (const name of ['Buttons', 'Notices', 'Failures', 'States', 'Text', 'Choices', 'Logs']) {
    await window.getByRole('region', { name, exact: true }).evaluate((element) => element.scrollIntoView({ block: 'center' }));
    await expectNoViolations(window);
  }
  await window.emulateMedia({ contrast: null });
});
