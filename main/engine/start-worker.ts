import { readFileSync } from 'node:fs';
import { Worker } from 'node:worker_threads';

/** Work that would hold up the main process, by the file, as seen from this folder, that does it. */
const workers = {
  'context-worker': '../build/record/context-worker.ts',
  'inspect-worker': '../build/inspect/inspect-worker.ts',
  'archive-worker': '../formats/image-archive/archive-worker.ts',
  'digests-worker': '../formats/digests-worker.ts',
  'xz-worker': '../formats/packing/xz-worker.ts',
} as const;

// most of what a thread makes lives long or not at all: a small nursery costs nothing and saves tens of megabytes
const resourceLimits = { maxYoungGenerationSizeMb: 4 };

/** Starts a thread of its own. In the bundle its code lies beside the main process's; from the sources it is the file itself. */
export function startWorker(name: keyof typeof workers, workerData: unknown): Worker {
  if (import.meta.url.endsWith('.ts')) return new Worker(new URL(workers[name], import.meta.url), { workerData, resourceLimits });
  // the main process can read out of the package's archive; whether a new thread can load a module from it depends on Electron
  const code = readFileSync(new URL(`./${name}.cjs`, import.meta.url), 'utf8');
  return new Worker(code, { workerData, resourceLimits, eval: true, name });
}
