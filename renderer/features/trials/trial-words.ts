import type { Trial } from '../../../contract/trial.ts';
import { count, elapsed } from '../../ui/format.ts';

type End = NonNullable<Trial['end']>;

/** What programs and systems mean by the codes with which a program ends. */
const codes: Record<number, string> = {
  125: 'The engine couldn’t start it.',
  126: 'The command was found, but may not be run.',
  127: 'The command wasn’t found in the image.',
  130: 'It was interrupted, as by Ctrl+C.',
  137: 'It was ended by force: somebody ended it at once, or it hadn’t ended in the time that it had.',
  139: 'It did something with memory that isn’t allowed, and the system ended it.',
  143: 'It was asked to end, and did.',
};

/** How a program ended, in a title and a sentence. */
export function endWords({ code, isOutOfMemory, error }: End): { title: string; detail: string } {
  if (isOutOfMemory) {
    return {
      title: 'It ran out of memory',
      detail: 'It needed more than its limit, and the system ended it. Start it with a higher limit, or with none.',
    };
  }
  if (error && /exec format error/i.test(error)) {
    return { title: 'It can’t run here', detail: 'The program in the image is for another processor.' };
  }
  if (code === 0) return { title: 'It has ended', detail: 'It did what it had to do, and said that nothing went wrong (code 0).' };
  return {
    title: `It has ended with code ${code}`,
    detail: codes[code] ?? 'A code other than 0 usually means that something went wrong. Its last words are in the log.',
  };
}

/** One line about what a trial does. */
export function stateWords(trial: Pick<Trial, 'state' | 'startedAt' | 'end'>, now: number): string {
  const { state, startedAt, end } = trial;
  if (state === 'ended' && end) return end.isOutOfMemory ? 'Ran out of memory' : end.code === 0 ? 'Ended' : `Ended with code ${end.code}`;
  if (state === 'paused') return 'Paused by another program';
  if (state === 'restarting') return 'Being started again';
  if (state === 'new') return 'Not started yet';
  return startedAt === undefined ? 'Running' : `Running for ${elapsed(Math.max(0, now - startedAt) / 1000)}`;
}

/** Where its ports answer, or what they wait for. */
export function portWords(trial: Pick<Trial, 'isOpen'>): string {
  return trial.isOpen
    ? 'Opens in your browser. Other computers in your network can reach it, too.'
    : 'Opens in your browser. Only this computer can reach it.';
}

export const portProblem = (text: string): string | undefined =>
  /^\d+$/.test(text.trim()) && Number(text) >= 1 && Number(text) <= 65_535 ? undefined : 'A port is a number from 1 to 65535';

/** Megabytes as people write them: `512`, `512 MB`, `1.5 GB`. Undefined for anything else. */
export function readMemory(text: string): number | undefined {
  const [, number = '', unit = 'm'] = /^\s*(\d+(?:[.,]\d+)?)\s*([kmg])?(?:i?b)?\s*$/i.exec(text) ?? [];
  const value = Number(number.replace(',', '.'));
  if (number === '' || !(value > 0)) return undefined;
  return Math.round(value * { k: 1e3, m: 1e6, g: 1e9 }[unit.toLowerCase() as 'k' | 'm' | 'g']);
}

/** How many things came, went or changed, with all that is in them. */
export const changesTitle = (changes: readonly { within: number }[]): string =>
  count(
    changes.reduce((sum, { within }) => sum + 1 + within, 0),
    'file or folder',
    'files and folders',
  );
