import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/** What breaks WCAG 2.1 A or AA on the screen as it stands, once nothing moves any more. */
export async function violationsOn(window: Page): Promise<string[]> {
  await window.evaluate(async () => {
    // what just appeared begins to move a frame or two later
    for (let quietFrames = 0; quietFrames < 4; quietFrames++) {
      await new Promise(requestAnimationFrame);
      const moving = document.getAnimations().filter(({ effect }) => effect?.getComputedTiming().endTime !== Number.POSITIVE_INFINITY);
      // looked at anew each time: the end of one that is replaced meanwhile may never be told
      if (moving.length > 0) quietFrames = -1;
    }
  });
  const builder = new AxeBuilder({ page: window }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa']);
  // Electron can't open axe's own page
  const { violations } = await builder.setLegacyMode().analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id} ${target.join(' ')}\n${failureSummary}`));
}

/** The screen in both themes. */
export async function expectNoViolations(window: Page): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await window.emulateMedia({ colorScheme });
    await expect(window.locator('html')).toHaveAttribute('data-mantine-color-scheme', colorScheme);
    expect(await violationsOn(window), colorScheme).toEqual([]);
  }
  await window.emulateMedia({ colorScheme: null });
}
