import { useCallback, useEffect, useState } from 'react';
import type { DockerfileChoice } from '../../../contract/build.ts';
import type { ContextMap } from '../../../contract/context-map.ts';
import type { Failure } from '../../../contract/failure.ts';
import { attempt } from '../../connection/attempt.ts';
import { client } from '../../connection/client.ts';
import { failureOf } from '../../connection/failure-of.ts';

export type ContextLook = {
  /** The last answer; also while it is looked at again. */
  map?: ContextMap;
  failure?: Failure;
  isLooking: boolean;
  /** Lines that were added to the ignore file since the dialog opened, the last one last. */
  added: string[];
  ignore(pattern: string): Promise<void>;
  undo(): Promise<void>;
};

/** What a build of the folder would send. Main stops looking when the dialog closes or another Dockerfile is chosen. */
export function useContextMap(folder: string, choice: DockerfileChoice, builder: string): ContextLook {
  const { dockerfile, dockerfileFrom } = choice;
  const [look, setLook] = useState<{ of: string; map?: ContextMap; failure?: Failure; isLooking: boolean }>();
  const [added, setAdded] = useState<string[]>([]);
  const [round, setRound] = useState(0);
  const of = `${folder} ${dockerfile} ${dockerfileFrom ?? ''} ${builder}`;
  // biome-ignore lint/correctness/useExhaustiveDependencies: each round and builder asks anew
  useEffect(() => {
    const stop = new AbortController();
    setLook((before) => ({ of, isLooking: true, ...(before?.of === of && before.map && { map: before.map }) }));
    client.build.inspectContext({ folder, dockerfile, dockerfileFrom }, { signal: stop.signal }).then(
      (map) => !stop.signal.aborted && setLook({ of, map, isLooking: false }),
      (error) => !stop.signal.aborted && setLook({ of, failure: failureOf(error), isLooking: false }),
    );
    return () => stop.abort();
  }, [folder, dockerfile, dockerfileFrom, of, round]);
  // lines that were written for another Dockerfile may be in another file
  // biome-ignore lint/correctness/useExhaustiveDependencies: only what it is about counts
  useEffect(() => setAdded([]), [of]);
  const change = useCallback(async (act: () => Promise<void>, after: (before: string[]) => string[]) => {
    const done = await attempt(async () => {
      await act();
      return true;
    });
    if (!done) return;
    setAdded(after);
    setRound((before) => before + 1);
  }, []);
  return {
    isLooking: true,
    ...(look?.of === of && look),
    added,
    ignore: (pattern) =>
      change(
        () => client.build.ignore({ folder, ...choice, pattern }),
        (before) => [...before, pattern],
      ),
    undo: () =>
      change(
        () => client.build.undoIgnore({ folder, ...choice }),
        (before) => before.slice(0, -1),
      ),
  };
}
