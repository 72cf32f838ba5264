import { useState } from 'react';
import type { BuildFolder, ReopenedBuild } from '../../../../contract/build.ts';
import { type BuildDraft, firstDraft, movedFrom, withDockerfile } from './build-draft.ts';

/** What a form begins with. */
export type Begin = Omit<ReopenedBuild, 'folder'>;

/** What the form holds, and the ways in which it changes. */
export function useBuildDraft(inside: BuildFolder, begin: Begin | undefined) {
  const { lastInputs, withheldArgs: lastWithheld = [] } = inside;
  const inputs = begin ? begin.inputs : lastInputs;
  const [draft, setDraft] = useState(() => firstDraft(inside, inputs, begin ? begin.withheldArgs : lastWithheld));
  const [isFresh, setIsFresh] = useState(false);
  return {
    draft,
    isFresh,
    /** The last build's names, if the new image gets others. */
    moved: isFresh ? undefined : movedFrom(inside, inputs),
    /** Whether it came from the last build of this folder, unasked. */
    isRemembered: begin === undefined && lastInputs !== undefined && !isFresh,
    dockerfile: inside.dockerfiles.find(({ path }) => path === draft.dockerfile),
    change: (part: Partial<BuildDraft>) => setDraft((before) => ({ ...before, ...part })),
    chooseDockerfile: (path: string) => setDraft((before) => withDockerfile(before, inside, path)),
    /** Goes on with a Dockerfile that was chosen by hand, which the form does not list yet. */
    takeDockerfile: (more: BuildFolder) => setDraft((before) => withDockerfile(before, more, more.chosen ?? before.dockerfile)),
    startFresh: () => {
      setDraft(firstDraft(inside));
      setIsFresh(true);
    },
  };
}
