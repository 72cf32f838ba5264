type Histogram = ReturnType<typeof import('node:perf_hooks').monitorEventLoopDelay>;
type Delayed = { delays?: Histogram; stretches?: { longest: number } };

/** In main: begins to measure how late its event loop is, and how long its thread works at a stretch. */
export function watchDelay(): void {
  const delays = process.getBuiltinModule('node:perf_hooks').monitorEventLoopDelay({ resolution: 10 });
  delays.enable();
  const stretches = { longest: 0 };
  const worked = (): number => {
    const { user, system } = process.threadCpuUsage();
    return (user + system) / 1000;
  };
  let before = worked();
  // between two turns of a timer lies one stretch at most that is longer than its interval
  setInterval(() => {
    const now = worked();
    stretches.longest = Math.max(stretches.longest, now - before);
    before = now;
  }, 10).unref();
  Object.assign(globalThis as Delayed, { delays, stretches });
}

/**
 * In main: how late it was, in milliseconds; the measured value is a whole round of a 10 ms timer. `stretch`: the longest time for which its
 * thread itself worked between two rounds, without the time in which other programs had the computer.
 */
export function readDelay(): { middle: number; high: number; longest: number; stretch: number } {
  const { delays, stretches } = globalThis as Delayed;
  const late = (nanoseconds = 0) => Math.max(0, nanoseconds / 1e6 - 10);
  return {
    middle: late(delays?.percentile(50)),
    high: late(delays?.percentile(99)),
    longest: late(delays?.max),
    stretch: stretches?.longest ?? 0,
  };
}
