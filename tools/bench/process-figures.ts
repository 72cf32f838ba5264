import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** Clock ticks per second in Linux's process accounting. */
const ticksPerSecond = Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));

/** Bytes of memory that a process holds now. */
export function residentBytes(pid: number): number {
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) * 1024;
}

/** Seconds of CPU that a process has used so far. */
export function cpuSeconds(pid: number): number {
  const [user, system] = (/\) (.*)$/s.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))?.[1] ?? '').split(' ').slice(11, 13);
  return (Number(user) + Number(system)) / ticksPerSecond;
}

/** A process's children, theirs, and so on. */
export function descendants(pid: number): number[] {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number);
  return children.flatMap((child) => [child, ...descendants(child)]);
}

/** The most memory a process held while something was done. */
export async function peakMemory(pid: number, act: () => Promise<void>): Promise<number> {
  let peak = residentBytes(pid);
  const look = setInterval(() => {
    peak = Math.max(peak, residentBytes(pid));
  }, 50);
  try {
    await act();
  } finally {
    clearInterval(look);
  }
  return peak;
}

/** The middle value. */
export const median = (values: number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

export const seconds = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(2)} s`;
export const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(0)} MB`;

/** Milliseconds that something took. */
export async function timed(act: () => Promise<unknown>): Promise<number> {
  const begin = performance.now();
  await act();
  return performance.now() - begin;
}
