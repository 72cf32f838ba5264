import { useEffect, useEffectEvent, useState } from 'react';
import type { Failure } from '../../contract/failure.ts';
import { failureOf } from './failure-of.ts';

/** `again` asks the same once more. */
export type Asked<T> = { answer?: T; failure?: Failure; isAsking: boolean; again?(): void };

/**
 * Asks main whenever the question changes, after a pause in which it may change again. The answer to an older question is
 * dropped, and main is told that nobody waits for it. No question, no answer.
 */
export function useAsked<T>(question: string | undefined, ask: (signal: AbortSignal) => Promise<T>, pause = 0): Asked<T> {
  const [asked, setAsked] = useState<Asked<T> & { question?: string | undefined; round?: number }>({ isAsking: false });
  const [round, setRound] = useState(0);
  const askNow = useEffectEvent(ask);
  useEffect(() => {
    if (question === undefined) return;
    const stop = new AbortController();
    const tell = (now: Omit<Asked<T>, 'isAsking'>) => !stop.signal.aborted && setAsked({ ...now, question, round, isAsking: false });
    const timer = setTimeout(() => {
      askNow(stop.signal).then(
        (answer) => tell({ answer }),
        (error) => tell({ failure: failureOf(error) }),
      );
    }, pause);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [question, pause, round]);
  if (question === undefined) return { isAsking: false };
  return asked.question === question && asked.round === round ? { ...asked, again: () => setRound(round + 1) } : { isAsking: true };
}
