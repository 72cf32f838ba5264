import { useEffect, useRef, useState } from 'react';
import type { RowFork } from '../../../../contract/cache-fork.ts';
import type { Failure } from '../../../../contract/failure.ts';
import { client } from '../../../connection/client.ts';
import { failureOf } from '../../../connection/failure-of.ts';
import { splitChosen } from './split-chosen.ts';

export type Forks =
  | { state: 'not-asked' }
  | { state: 'reading'; fraction: number }
  | { state: 'answered'; rows: RowFork[] }
  | { state: 'failed'; failure: Failure };

type Asked = { forks: Forks; start(): void; stop(): void };

/** Has main look into the layers of builds and images on request; leaving the page stops it. */
export function useForks(ids: string[]): Asked {
  const [forks, setForks] = useState<Forks>({ state: 'not-asked' });
  const running = useRef<AbortController>(undefined);
  useEffect(() => () => running.current?.abort(), []);
  return {
    forks,
    start: () => {
      running.current = new AbortController();
      setForks({ state: 'reading', fraction: 0 });
      void ask(ids, running.current.signal, setForks);
    },
    stop: () => {
      running.current?.abort();
      setForks({ state: 'not-asked' });
    },
  };
}

async function ask(ids: string[], signal: AbortSignal, tell: (now: Forks) => void): Promise<void> {
  try {
    for await (const event of await client.build.forks(splitChosen(ids), { signal })) {
      if (signal.aborted) return;
      tell(
        event.kind === 'reading'
          ? { state: 'reading', fraction: event.total > 0 ? event.done / event.total : 0 }
          : { state: 'answered', rows: event.rows },
      );
    }
  } catch (error) {
    // someone who stops it needs no news
    if (!signal.aborted) tell({ state: 'failed', failure: failureOf(error) });
  }
}
