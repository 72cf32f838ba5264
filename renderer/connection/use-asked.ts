import { useEffect, useEffectEvent, useState } from 'react';
import type { Failure } from '../../contract/failure.ts';
import { failureOf } from './failure-of.ts';

/** While main is asked once more, the answer before stays. `again` asks the same question once more. */
export type Asked<T> = { answer?: T; failure?: Failure; isAsking: boolean; again?(): void };

type Options = {
  /** Milliseconds to wait before asking, as the question may change again. */
  pause?: number;
  /** What the answer depends on besides the question: when it changes, main is asked once more. */
  since?: unknown;
};

type Known<T> = Pick<Asked<T>, 'answer' | 'failure'> & { question: string; round: number; since: unknown };

/**
 * Asks main whenever the question changes. The answer to an older question is dropped, and main is told that nobody waits
 * for it any longer. Without a question there is no answer.
 */
export function useAsked<T>(question: string | undefined, ask: (signal: AbortSignal) => Promise<T>, options: Options = {}): Asked<T> {
  const { pause = 0, since } = options;
  const [known, setKnown] = useState<Known<T>>();
  const [round, setRound] = useState(0);
  const askNow = useEffectEvent(ask);
  useEffect(() => {
    if (question === undefined) return;
    const stop = new AbortController();
    const tell = (now: Pick<Asked<T>, 'answer' | 'failure'>) => !stop.signal.aborted && setKnown({ ...now, question, round, since });
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
  }, [question, pause, round, since]);
  if (question === undefined) return { isAsking: false };
  const again = () => {
    // a failure makes room for the word that main is asked again
    setKnown((before) => before && { ...before, failure: undefined });
    setRound((before) => before + 1);
  };
  if (known?.question !== question) return { isAsking: true, again };
  const { answer, failure } = known;
  return { answer, failure, isAsking: known.round !== round || !Object.is(known.since, since), again };
}
