import { useEffect, useEffectEvent, useState } from 'react';
import type { Failure } from '../../contract/failure.ts';
import { failureOf } from './failure-of.ts';

/** What has come so far. After a failure, what came before it stays. */
export type Streamed<S> = { value: S; failure?: Failure; isReading: boolean; again(): void };

type Options<T, S> = {
  /** Opens the stream; it is told to end when the question changes. */
  open(signal: AbortSignal): Promise<AsyncIterable<T>>;
  /** What nothing has come of yet. */
  empty: S;
  add(before: S, part: T): S;
  /** What the answer depends on besides the question: when it changes, all is read once more. */
  since?: unknown;
};

type Seen<S> = { question: string | undefined; value: S; failure?: Failure; isReading: boolean };

/** Reads what main sends bit by bit. While it is read once more, what came the first time stays. Without a question nothing is read. */
export function useStream<T, S>(question: string | undefined, { open, empty, add, since }: Options<T, S>): Streamed<S> {
  const [seen, setSeen] = useState<Seen<S>>({ question: undefined, value: empty, isReading: false });
  const [round, setRound] = useState(0);
  const read = useEffectEvent(async (signal: AbortSignal) => {
    const isAnew = seen.question === question;
    let value = empty;
    const tell = (now: Omit<Seen<S>, 'question'>) => !signal.aborted && setSeen({ question, ...now });
    if (!isAnew) tell({ value, isReading: true });
    try {
      for await (const part of await open(signal)) {
        if (signal.aborted) return;
        value = add(value, part);
        if (!isAnew) tell({ value, isReading: true });
      }
      tell({ value, isReading: false });
    } catch (error) {
      tell({ value, isReading: false, failure: failureOf(error) });
    }
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is read again whenever one of these changes
  useEffect(() => {
    if (question === undefined) return;
    const stop = new AbortController();
    void read(stop.signal);
    return () => stop.abort();
  }, [question, since, round]);
  const again = () => setRound((before) => before + 1);
  if (seen.question !== question) return { value: empty, isReading: question !== undefined, again };
  return { value: seen.value, ...(seen.failure && { failure: seen.failure }), isReading: seen.isReading, again };
}
