import { useMemo } from 'react';
import type { TagTimeline } from '../../../contract/tag-moves.ts';
import { client } from '../../connection/client.ts';
import { useMirror } from '../../connection/mirror.ts';
import { type Asked, useAsked } from '../../connection/use-asked.ts';

/** Milliseconds to wait before asking, as more tags may move. */
const pause = 100;

/** What is remembered of a repository, read again whenever a tag has moved. */
export function useTimeline(repository: string, at: string | undefined, inRegistry: boolean, containing: string): Asked<TagTimeline> {
  const moves = useMirror((mirror) => mirror.tagMoves);
  const images = useMirror((mirror) => mirror.images);
  const since = useMemo(() => ({ moves, images }), [moves, images]);
  return useAsked(
    JSON.stringify([repository, at, inRegistry, containing]),
    (signal) => client.tags.timeline({ repository, from: 0, inRegistry, containing, ...(at !== undefined && { at }) }, { signal }),
    { pause, since },
  );
}
