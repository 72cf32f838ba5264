import { Worker } from 'node:worker_threads';

/** Work on whole contexts that would hold up the main process, by the file beside this folder that does it. */
const workers = {
  'context-worker': './record/context-worker',
  'inspect-worker': './inspect/inspect-worker',
} as const;

/** Starts a thread of its own. In the bundle its code lies beside the main process's; from the sources it is the file itself. */
export function startWorker(name: keyof typeof workers, data: unknown): Worker {
  const isSource = import.meta.url.endsWith('.ts');
  return new Worker(new URL(isSource ? `${workers[name]}.ts` : `./${name}.js`, import.meta.url), { workerData: data });
}
