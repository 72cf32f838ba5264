import type { BuildStep, BuildStepState } from '../../contract/build.ts';
import type { LogLine } from '../../contract/task.ts';
import { bytes, bytesOf, duration, elapsed } from '../ui/format.ts';
import type { IconState } from '../ui/StateIcon.tsx';

const icons: Record<BuildStepState, IconState> = {
  waiting: 'waiting',
  running: 'running',
  cached: 'there-already',
  built: 'done',
  failed: 'failed',
  cancelled: 'cancelled',
};

export const stepIcon = (state: BuildStepState): IconState => icons[state];

const words: Record<BuildStepState, string> = {
  waiting: 'waiting',
  running: 'running',
  cached: 'from cache',
  built: 'built',
  failed: 'failed',
  cancelled: 'stopped',
};

export const stepWord = (state: BuildStepState): string => words[state];

/** "27.3 of 42.0 MB"; nothing where nothing has moved yet. */
export const amountWords = (amount: BuildStep['bytes']): string =>
  amount && amount.done > 0 ? (amount.total ? bytesOf(amount.done, amount.total) : bytes(amount.done)) : '';

/** The right end of a step's row: how long, how much, or why there is no time. */
export function stepTime({ state, seconds, startedAt, bytes: amount }: BuildStep, now: number): string {
  if (state === 'running') {
    return [amountWords(amount), startedAt ? elapsed((now - startedAt) / 1000) : ''].filter(Boolean).join(' · ');
  }
  if (state === 'built') return seconds !== undefined ? duration(seconds) : '';
  return state === 'waiting' ? '' : words[state];
}

export function stepFraction({ bytes: amount }: BuildStep): number | undefined {
  return amount?.total ? Math.min(1, amount.done / amount.total) : undefined;
}

/** The end of what a step has printed. */
export function lastLines(lines: LogLine[], step: string, most: number): string[] {
  const found: string[] = [];
  for (let index = lines.length - 1; index >= 0 && found.length < most; index--) {
    const line = lines[index];
    if (line?.step === step && line.text.trim() !== '') found.unshift(line.text);
  }
  return found;
}
