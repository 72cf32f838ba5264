import { useEffect, useState } from 'react';
import type { DockerfileChoice } from '../../../../contract/build.ts';
import type { ContextMap } from '../../../../contract/context-map.ts';
import type { Failure } from '../../../../contract/failure.ts';
import { client } from '../../../connection/client.ts';
import { useAsked } from '../../../connection/use-asked.ts';
import { attempt } from '../../../desk/attempt.ts';

export type ContextLook = {
  /** The last answer, which stays while main looks again. */
  map?: ContextMap;
  failure?: Failure;
  isLooking: boolean;
  /** Lines that were added to the ignore file since the dialog opened, the newest last. */
  added: string[];
  ignore(pattern: string): Promise<void>;
  undo(): Promise<void>;
};

/** What a build of the folder would send. Main stops looking when the dialog closes or another Dockerfile is chosen. */
export function useContextMap(folder: string, choice: DockerfileChoice, builder: string): ContextLook {
  const { dockerfile, dockerfileFrom } = choice;
  const [added, setAdded] = useState<string[]>([]);
  const of = `${folder} ${dockerfile} ${dockerfileFrom ?? ''} ${builder}`;
  const { answer, failure, isAsking, again } = useAsked(of, (signal) =>
    client.build.inspectContext({ folder, dockerfile, dockerfileFrom }, { signal }),
  );
  // lines that were written for another Dockerfile may be in another file
  // biome-ignore lint/correctness/useExhaustiveDependencies: only the question counts
  useEffect(() => setAdded([]), [of]);
  const change = async (act: () => Promise<void>, after: (before: string[]) => string[]) => {
    const done = await attempt(async () => {
      await act();
      return true;
    });
    if (!done) return;
    setAdded(after);
    again?.();
  };
  return {
    map: answer,
    failure,
    isLooking: isAsking,
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
