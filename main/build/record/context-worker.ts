import { setImmediate as breathe } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { type Comparison, compareContexts, type Selection } from './compare-contexts.ts';
import { readContext, writeContext } from './context-file.ts';
import { digestFile } from './digest-file.ts';
import type { RecordedFile } from './recorded-file.ts';

/** An entry as the walk saw it, with where it lies. */
export type SeenFile = RecordedFile & { file: string };

export type ContextJob =
  /** Takes `ContextMessage`s, digests what it was shown, writes it and says so. */
  | { kind: 'record'; file: string; previous?: string }
  /** Answers with a comparison for each selection; none where a context is not kept or a pattern cannot be understood. */
  | { kind: 'compare'; before: string; after: string; selections: Selection[] };

export type ContextMessage = { seen: SeenFile[] } | { isSent: true } | { isOver: true };
export type ContextAnswer = { written: true } | { comparisons: (Comparison | undefined)[] };

const port = parentPort;
if (port) {
  const job = workerData as ContextJob;
  const answer = job.kind === 'record' ? record(job) : compare(job);
  // the answer is the last word: without a listener the thread ends
  answer.then((words) => {
    port.postMessage(words);
    port.close();
  });
}

async function record({ file, previous }: Extract<ContextJob, { kind: 'record' }>): Promise<ContextAnswer> {
  const seen = new Map<string, SeenFile>();
  let isSent = false;
  let isOver = false;
  let wake = () => {};
  port?.on('message', (message: ContextMessage) => {
    if ('seen' in message) for (const one of message.seen) seen.set(one.path, one);
    else if ('isSent' in message) isSent = true;
    else isOver = true;
    wake();
  });
  const known = previous ? await readContext(previous) : undefined;
  // while the builder reads the files itself, two readers would be slower than one after the other
  while (!isSent && !isOver) await new Promise<void>((resolve) => (wake = resolve));
  await digestAll(seen, known);
  // already now, so that the build can be explained while it goes on
  await writeContext(file, seen.values());
  const written = seen.size;
  while (!isOver) await new Promise<void>((resolve) => (wake = resolve));
  await digestAll(seen, known); // a later stage may have asked for more
  if (seen.size > written) await writeContext(file, seen.values());
  return { written: true };
}

async function digestAll(seen: Map<string, SeenFile>, known: Map<string, RecordedFile> | undefined): Promise<void> {
  for (const one of seen.values()) {
    if (one.type !== 'file' || one.digest) continue;
    const before = known?.get(one.path);
    const digest = before?.stamp === one.stamp && before.digest ? before.digest : digestFile(one.file, one.stamp);
    if (digest) one.digest = digest;
    // lets messages in between two files
    if (!before) await breathe();
  }
}

async function compare({ before, after, selections }: Extract<ContextJob, { kind: 'compare' }>): Promise<ContextAnswer> {
  const [old, now] = [await readContext(before), await readContext(after)];
  return { comparisons: selections.map((selection) => (old && now ? tryToCompare(old, now, selection) : undefined)) };
}

function tryToCompare(...parts: Parameters<typeof compareContexts>): Comparison | undefined {
  try {
    return compareContexts(...parts);
  } catch {
    return undefined; // a pattern that this is not able to read
  }
}
