import { useState } from 'react';
import type { Dockerfile, TaglessBase } from '../../contract/build.ts';
import type { Builder } from '../../contract/engine.ts';
import { client } from '../connection/client.ts';
import { useAsked } from '../connection/use-asked.ts';
import type { BuildDraft } from './build-draft.ts';
import { changedArgs, dockerfileChoice } from './build-request.ts';

const none: TaglessBase[] = [];
// somebody may be typing an argument
const pause = 200;

/** Images that the build would ask for without a tag; while it is asked again, the last answer about the same Dockerfile. */
export function useTaglessBases(folder: string, draft: BuildDraft, dockerfile: Dockerfile | undefined, builder: Builder): TaglessBase[] {
  const { target } = draft;
  const place = { folder, ...dockerfileChoice(draft.dockerfile, dockerfile) };
  const input = { ...place, args: changedArgs(draft, dockerfile), ...(target && { target }) };
  const { answer, failure } = useAsked(
    `${builder} ${JSON.stringify(input)}`,
    (signal) => client.build.taglessBases(input, { signal }),
    pause,
  );
  const of = JSON.stringify(place);
  const [last, setLast] = useState<{ of: string; bases: TaglessBase[] }>();
  if (answer && last?.bases !== answer) setLast({ of, bases: answer });
  // what cannot be read is told where the folder is looked at
  return last?.of === of && !failure ? last.bases : none;
}
