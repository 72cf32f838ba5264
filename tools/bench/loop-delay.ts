type Histogram = ReturnType<typeof import('node:perf_hooks').monitorEventLoopDelay>;
type Delayed = { delays?: Histogram };

/** In main: begins to measure how late its event loop is. */
export function watchDelay(): void {
  const delays = process.getBuiltinModule('node:perf_hooks').monitorEventLoopDelay({ resolution: 10 });
  delays.enable();
  (globalThis as Delayed).delays = delays;
}

/** In main: how late it was, in milliseconds; the measured value is a whole round of a 10 ms timer. */
export function readDelay(): { middle: number; high: number; longest: number } {
  const { delays } = globalThis as Delayed;
  const late = (nanoseconds = 0) => Math.max(0, nanoseconds / 1e6 - 10);
  return { middle: late(delays?.percentile(50)), high: late(delays?.percentile(99)), longest: late(delays?.max) };
}
