import type { Pace } from '../../contract/task.ts';

/** Bytes that had moved at a moment, in milliseconds. */
export type Sample = { at: number; done: number };

/** Milliseconds the speed is averaged over: long enough to be calm, short enough to follow a change. */
const window = 5000;
/** Milliseconds without a word after which the last speed says nothing of now. */
export const quietAfter = 5000;
/** Below this a speed is a guess. */
const shortestSpan = 700;

/** Adds a sample and forgets those that are too old. A fall of `done` means that something else is now counted: begin anew. */
export function addSample(samples: readonly Sample[], sample: Sample): Sample[] {
  const last = samples.at(-1);
  if (last && sample.done < last.done) return [sample];
  return [...samples.filter(({ at }) => at > sample.at - window), sample].slice(-300);
}

/** Speed over the samples and the seconds left to `total`; undefined while too little is known, and where nothing has come for long. */
export function paceOf(samples: readonly Sample[], total: number | undefined, now: number): Pace | undefined {
  const first = samples[0];
  const last = samples.at(-1);
  if (!first || !last || last.at - first.at < shortestSpan || now - last.at >= quietAfter) return undefined;
  const bytesPerSecond = ((last.done - first.done) / (last.at - first.at)) * 1000;
  if (bytesPerSecond <= 0 || total === undefined) return { bytesPerSecond };
  return { bytesPerSecond, secondsLeft: Math.max(0, total - last.done) / bytesPerSecond };
}
