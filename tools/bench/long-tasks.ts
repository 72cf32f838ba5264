import type { Page } from '@playwright/test';

type Watched = { longTasks?: number[] };

/** Starts recording every task of the window that takes more than 50 ms. */
export const watchLongTasks = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const found: number[] = [];
    (globalThis as Watched).longTasks = found;
    new PerformanceObserver((list) => found.push(...list.getEntries().map(({ duration }) => duration))).observe({ type: 'longtask' });
  });

/** What was recorded: the longest, in milliseconds, and how many there were. */
export const readLongTasks = (page: Page): Promise<{ longest: number; count: number }> =>
  page.evaluate(() => {
    const found = (globalThis as Watched).longTasks ?? [];
    return { longest: Math.max(0, ...found), count: found.length };
  });
