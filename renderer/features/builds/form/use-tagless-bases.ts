import type { Dockerfile, TaglessBase } from '../../../../contract/build.ts';
import type { Builder } from '../../../../contract/engine.ts';
import { client } from '../../../connection/client.ts';
import { useAsked } from '../../../connection/use-asked.ts';
import { useKept } from '../../../connection/use-kept.ts';
import type { BuildDraft } from './build-draft.ts';
import { changedArgs, dockerfileChoice } from './build-request.ts';

const none: TaglessBase[] = [];
// somebody may be typing an argument
const pause = 200;

/** Images that the build would ask for without a tag. While main is asked again, the last answer about the same Dockerfile stays. */
export function useTaglessBases(folder: string, draft: BuildDraft, dockerfile: Dockerfile | undefined, builder: Builder): TaglessBase[] {
  const { target } = draft;
  const place = { folder, ...dockerfileChoice(draft.dockerfile, dockerfile) };
  const input = { ...place, args: changedArgs(draft, dockerfile), ...(target && { target }) };
  const question = `${builder} ${JSON.stringify(input)}`;
  const { answer, failure } = useAsked(question, (signal) => client.build.taglessBases(input, { signal }), { pause });
  const kept = useKept(JSON.stringify(place), answer);
  // the line about the folder's contents says what cannot be read
  return kept && !failure ? kept : none;
}
