import type { BuildStep } from '../../../contract/build.ts';
import type { LogLine } from '../../../contract/task.ts';
import { wordOf } from '../../desk/states.ts';
import { bytes, bytesOf, duration, elapsed } from '../../ui/format.ts';

/** "27.3 of 42.0 MB"; empty if nothing has moved yet. */
export const amountWords = (amount: BuildStep['bytes']): string =>
  amount && amount.done > 0 ? (amount.total ? bytesOf(amount.done, amount.total) : bytes(amount.done)) : '';

/** The right end of a step's row: how long, how much, or why there is no time. */
export function stepTime({ state, seconds, startedAt, bytes: amount }: BuildStep, now: number): string {
  if (state === 'running') {
    return [amountWords(amount), startedAt ? elapsed((now - startedAt) / 1000) : ''].filter(Boolean).join(' · ');
  }
  if (state === 'built') return seconds !== undefined ? duration(seconds) : '';
  return state === 'waiting' ? '' : wordOf(state);
}

export function stepFraction({ bytes: amount }: BuildStep): number | undefined {
  return amount?.total ? Math.min(1, amount.done / amount.total) : undefined;
}

// what the classic builder itself says before and after what a step prints
const beginsStep = /^(?:(?:\[\d+\/\d+\] )?(?:Step|STEP) \d+\/\d+ ?: | ---> Running in [0-9a-f]{12}$)/;
const endsStep = /^Removing intermediate container [0-9a-f]{12}$/;

/** The end of what a step has printed. */
export function lastLines(lines: LogLine[], step: string, most: number): string[] {
  const found: string[] = [];
  for (let index = lines.length - 1; index >= 0 && found.length < most; index--) {
    const line = lines[index];
    if (line?.step !== step || line.text.trim() === '') continue;
    if (beginsStep.test(line.text)) break;
    if (!endsStep.test(line.text)) found.unshift(line.text);
  }
  return found;
}
