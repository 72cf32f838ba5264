import { defineConfig } from '@playwright/test';
import { engineCount } from './tools/engine/engine-count.ts';

export default defineConfig({
  testDir: 'test/e2e',
  // Each worker has an engine and a window of its own.
  workers: engineCount,
  retries: 0,
  timeout: 60_000,
  // a full disk queue holds an engine up for seconds; waiting costs nothing once it answers
  expect: { timeout: 20_000 },
  reporter: 'list',
  use: { trace: 'retain-on-failure', screenshot: 'only-on-failure' },
});
