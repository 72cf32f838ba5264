import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { Worker } from 'node:worker_threads';

// most of a thread's objects live long or hardly at all, so a small young generation costs nothing and saves tens of megabytes
const resourceLimits = { maxYoungGenerationSizeMb: 4 };

/**
 * Starts a thread for work that would block the main process: `startThread(new URL('./x-worker.ts', import.meta.url), …)`. In the
 * bundle all workers are beside the main process's code; in the sources it is the file itself.
 */
export function startThread(module: URL, workerData: unknown): Worker {
  if (import.meta.url.endsWith('.ts')) return new Worker(module, { workerData, resourceLimits });
  const name = basename(module.pathname, '.ts');
  // the main process can read from the package's archive; whether a new thread can load a module from it depends on Electron
  const code = readFileSync(new URL(`./${name}.cjs`, import.meta.url), 'utf8');
  return new Worker(code, { workerData, resourceLimits, eval: true, name });
}
