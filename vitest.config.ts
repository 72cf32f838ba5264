import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { engineCount } from './tools/engine/engine-count.ts';

// threads of the app, which run the sources here, would otherwise compile each module from TypeScript again
process.env.NODE_COMPILE_CACHE ??= fileURLToPath(new URL('node_modules/.cache/compiled', import.meta.url));

export default defineConfig({
  test: {
    coverage: { include: ['contract/**', 'main/**', 'renderer/**/*.ts'], reporter: ['text-summary', 'html'] },
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
          exclude: ['test/integration/**', 'test/tools/**', 'test/packaging/**', 'test/e2e/**'],
          // made-up inputs by the thousand, on a machine that may have other things to do
          testTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'integration',
          include: ['test/integration/**/*.test.ts'],
          globalSetup: ['test/support/engines/provide-engine.ts'],
          setupFiles: ['test/support/engines/tidy-own-engine.ts'],
          // Each worker has an engine of its own; no other project's tests run beside them.
          maxWorkers: engineCount,
          sequence: { groupOrder: 1 },
          // a busy disk holds an engine up for seconds
          expect: { poll: { timeout: 20_000 } },
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        // Other programs and their engines, which take long to get: `npm run test:tools`.
        test: {
          name: 'tools',
          include: ['test/tools/**/*.test.ts'],
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
