import { client } from '../../connection/client.ts';
import { type Asked, useAsked } from '../../connection/use-asked.ts';
import type { ShownEngine } from '../../desk/shown-engines.ts';
import { rowId } from './image-row.ts';

/** Milliseconds for which a list may change again before every image is asked about. */
const settles = 400;

/** When the images of these engines were last used, by the ids of their rows; an engine that does not answer is left out. */
export function useLastUses(engines: readonly ShownEngine[], isNeeded: boolean): Asked<ReadonlyMap<string, number>> {
  const answering = engines.filter(({ images }) => images !== undefined);
  const places = answering.map(({ at }) => at);
  return useAsked(
    isNeeded ? JSON.stringify(places.map((at) => at ?? null)) : undefined,
    async (signal) => {
      const all = await Promise.allSettled(places.map((at) => client.images.lastUses({ at }, { signal })));
      return new Map(
        all.flatMap((one, index) =>
          one.status === 'fulfilled' ? Object.entries(one.value).map(([id, time]) => [rowId(id, places[index]), time] as const) : [],
        ),
      );
    },
    {
      pause: settles,
      since: answering.map(({ images }) => images?.images.map(({ id, references, usedBy }) => `${id} ${references} ${usedBy}`)).join(),
    },
  );
}
