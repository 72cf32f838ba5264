import { setImmediate as breathe } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { endMessage, endWhenAsked } from '../../threads/end-when-asked.ts';
import { type Comparison, compareContexts, type Selection, type SentContext, type SentHow } from './compare-contexts.ts';
import { readContext, writeContext } from './context-file.ts';
import { digestFile } from './digest-file.ts';
import type { RecordedFile } from './recorded-file.ts';

/** An entry as the walk saw it, with its path on this computer. */
export type SeenFile = RecordedFile & { file: string | Uint8Array };

/** Where a context is stored, and how it was sent. */
export type KeptContext = { file: string } & SentHow;

export type ContextJob =
  /** Takes `ContextMessage`s, digests the files it is shown, and writes and confirms when asked. */
  | { kind: 'record'; file: string; previous?: string }
  /** Answers with a comparison for each selection; undefined if a context is missing or a pattern is not understood. */
  | { kind: 'compare'; before: KeptContext; after: KeptContext; selections: Selection[] };

export type ContextMessage = { seen: SeenFile[] } | { write: number } | { isOver: true };
export type ContextAnswer = { written: number } | { comparisons: (Comparison | undefined)[] };

const port = parentPort;
if (port) {
  const job = workerData as ContextJob;
  endWhenAsked();
  const work = job.kind === 'record' ? record(job) : compare(job).then((answer) => port.postMessage(answer));
  // the thread ends when the port is closed
  work.then(() => port.close());
}

/** Writes everything seen so far each time it is asked to, and once more at the end. */
async function record({ file, previous }: Extract<ContextJob, { kind: 'record' }>): Promise<void> {
  const seen = new Map<string, SeenFile>();
  let asked = 0;
  let isOver = false;
  let hasNews = false;
  let wake = () => {};
  port?.on('message', (message: ContextMessage | typeof endMessage) => {
    if (message === endMessage) return;
    if ('seen' in message) for (const one of message.seen) seen.set(one.path, one);
    else if ('write' in message) asked = message.write;
    else isOver = true;
    hasNews ||= 'seen' in message;
    wake();
  });
  const known = previous ? await readContext(previous) : undefined;
  for (let done = 0; !isOver || hasNews; ) {
    // wait while the builder itself reads the files: two readers at once would be slower
    while (!isOver && done === asked) await new Promise<void>((resolve) => (wake = resolve));
    done = asked;
    if (hasNews) {
      hasNews = false;
      await digestAll(seen, known);
      await writeContext(file, seen.values());
    }
    port?.postMessage({ written: done } satisfies ContextAnswer);
  }
}

async function digestAll(seen: Map<string, SeenFile>, known: Map<string, RecordedFile> | undefined): Promise<void> {
  for (const one of seen.values()) {
    if (one.type !== 'file' || one.digest) continue;
    const before = known?.get(one.path);
    const digest = before?.stamp === one.stamp && before.digest ? before.digest : digestFile(one.file, one.stamp);
    if (digest) one.digest = digest;
    // lets messages through between two files
    if (!before) await breathe();
  }
}

async function compare({ before, after, selections }: Extract<ContextJob, { kind: 'compare' }>): Promise<ContextAnswer> {
  const [old, now] = [await readSent(before), await readSent(after)];
  return { comparisons: selections.map((selection) => (old && now ? tryToCompare(old, now, selection) : undefined)) };
}

async function readSent({ file, ...how }: KeptContext): Promise<SentContext | undefined> {
  const files = await readContext(file);
  return files && { files, ...how };
}

function tryToCompare(...parts: Parameters<typeof compareContexts>): Comparison | undefined {
  try {
    return compareContexts(...parts);
  } catch {
    return undefined; // a pattern that is not understood
  }
}
