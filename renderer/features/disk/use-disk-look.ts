import { useEffect, useRef, useState } from 'react';
import type { DiskLook } from '../../../contract/disk.ts';
import type { Failure } from '../../../contract/failure.ts';
import { client } from '../../connection/client.ts';
import { failureOf } from '../../connection/failure-of.ts';
import { useMirror } from '../../connection/mirror.ts';
import { isRunning } from '../../connection/use-task.ts';

/** Milliseconds to wait after a change, as more of them may follow. */
const pause = 250;

type Seen = { look?: DiskLook; failure?: Failure; again(): void };

/** Where the engine's bytes are. What was seen before stays until all is added up anew; the first look fills as it comes. */
export function useDiskLook(): Seen {
  const [seen, setSeen] = useState<Omit<Seen, 'again'>>({});
  const [round, setRound] = useState(0);
  const asked = useRef(0);
  const images = useMirror((mirror) => mirror.images);
  const engine = useMirror((mirror) => (mirror.engine.state === 'connected' ? mirror.engine.candidate.id : undefined));
  // what builds leave in the cache shows in no list
  const builds = useMirror((mirror) => mirror.builds.filter(({ state }) => state !== 'running' && state !== 'queued').length);
  const cleaned = useMirror((mirror) => mirror.tasks.filter((task) => task.kind === 'clean-up' && !isRunning(task)).length);
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is looked at again whenever one of these has changed
  useEffect(() => {
    const stop = new AbortController();
    const anew = asked.current !== round;
    asked.current = round;
    const timer = setTimeout(() => void follow(anew, stop.signal, setSeen), pause);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [images, engine, builds, cleaned, round]);
  return { ...seen, again: () => setRound((before) => before + 1) };
}

async function follow(
  anew: boolean,
  signal: AbortSignal,
  tell: (change: (before: Omit<Seen, 'again'>) => Omit<Seen, 'again'>) => void,
): Promise<void> {
  try {
    for await (const look of await client.disk.look({ anew }, { signal })) {
      if (signal.aborted) return;
      const isWhole = !look.pending.includes('images');
      tell((before) => (isWhole || !before.look || before.look.pending.includes('images') ? { look } : before));
    }
  } catch (error) {
    if (!signal.aborted) tell((before) => ({ ...before, failure: failureOf(error) }));
  }
}
