import { defineConfig } from 'vitest/config';
import { engineCount } from './tools/engine/engine-count.ts';

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
          exclude: ['test/integration/**', 'test/engines/**', 'test/packaging/**', 'test/e2e/**'],
          // made-up inputs by the thousand, on a machine that may have other things to do
          testTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'integration',
          include: ['test/integration/**/*.test.ts'],
          globalSetup: ['test/integration/provide-engine.ts'],
          // Each worker has an engine of its own; no other project's tests run beside them.
          maxWorkers: engineCount,
          sequence: { groupOrder: 1 },
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        // Newer engines, which take long to get: `npm run test:engines`.
        test: {
          name: 'engines',
          include: ['test/engines/**/*.test.ts'],
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 300_000,
        },
      },
      {
        test: { name: 'packaging', include: ['test/packaging/**/*.test.ts'], testTimeout: 180_000, hookTimeout: 180_000 },
      },
    ],
  },
});
