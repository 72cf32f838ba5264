import type { Pace } from '../../contract/task.ts';

/** How many bytes had moved at a time in milliseconds. */
export type Sample = { at: number; done: number };

/** Milliseconds to average the speed over: long enough to be steady, short enough to follow changes. */
const window = 5000;
/** Milliseconds without a report after which the last speed no longer counts. */
export const quietAfter = 5000;
/** Milliseconds of samples below which a speed would be a guess. */
const shortestSpan = 700;

/** Adds a sample and drops old ones. If `done` falls, something else is being counted, so it starts over. */
export function addSample(samples: readonly Sample[], sample: Sample): Sample[] {
  const last = samples.at(-1);
  if (last && sample.done < last.done) return [sample];
  return [...samples.filter(({ at }) => at > sample.at - window), sample].slice(-300);
}

/** The speed over the samples and the seconds left until `total`; undefined if too little is known or nothing came for long. */
export function paceOf(samples: readonly Sample[], total: number | undefined, now: number): Pace | undefined {
  const first = samples[0];
  const last = samples.at(-1);
  if (!first || !last || last.at - first.at < shortestSpan || now - last.at >= quietAfter) return undefined;
  const bytesPerSecond = ((last.done - first.done) / (last.at - first.at)) * 1000;
  if (bytesPerSecond <= 0 || total === undefined) return { bytesPerSecond };
  return { bytesPerSecond, secondsLeft: Math.max(0, total - last.done) / bytesPerSecond };
}
