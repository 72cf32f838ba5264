import type { Page } from '@playwright/test';

/**
 * Begins to measure how long the window's own thread works, without the time in which other programs had the computer; the function that it
 * resolves to gives the milliseconds since.
 */
export async function watchThread(page: Page): Promise<() => Promise<number>> {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  const worked = async (): Promise<number> => {
    const { metrics } = await session.send('Performance.getMetrics');
    return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0) * 1000;
  };
  const before = await worked();
  return async () => (await worked()) - before;
}
