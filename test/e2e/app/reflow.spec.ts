import { makeRandomImage } from '../../support/random-image.ts';
import { expect, test } from '../../support/window/app.ts';
import { rowOf, search } from '../../support/window/find-in-window.ts';

// 1280 × 800 enlarged to 128 %, 160 % and 200 %
for (const [width, height] of [
  [1000, 600],
  [800, 500],
  [640, 400],
] as const) {
  test(`enlarged until the window is ${width} wide, the list still shows names, and nothing overlaps`, async ({ engine, window }) => {
    await makeRandomImage(engine.host, 'e2e-reflow/with-a-long-name:1', 1000);
    const before = window.viewportSize();
    await window.setViewportSize({ width, height });
    await search(window, 'e2e-reflow');
    const row = rowOf(window, 'e2e-reflow/with-a-long-name:1');
    const name = row.getByTitle('e2e-reflow/with-a-long-name');
    await expect(name).toBeVisible();
    expect(await name.evaluate((text) => text.scrollWidth <= text.clientWidth)).toBe(true);
    await expect(window.getByRole('heading', { level: 1, name: 'Images' })).toBeInViewport({ ratio: 1 });
    await expect(window.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Builds' })).toBeInViewport();
    const boxOf = async (part: ReturnType<typeof rowOf>) => (await part.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
    const field = await boxOf(window.getByRole('searchbox', { name: 'Search images' }));
    for (const filter of await window.getByRole('group', { name: 'Show' }).getByRole('button').all()) {
      const box = await boxOf(filter);
      expect(box.x + box.width <= field.x || box.y + box.height <= field.y || box.y >= field.y + field.height).toBe(true);
    }
    if (before) await window.setViewportSize(before);
  });
}
