import type { EnginePlace } from '../../../contract/engine.ts';
import type { Look } from './use-looks.ts';

export type ShownPlace = {
  place: EnginePlace;
  look: Look | undefined;
  /** Another place above that leads to the same engine. */
  sameAs?: string;
};

/** Failures that tell of an engine which is there. */
const tellOfOne = new Set(['not-permitted', 'engine-unsupported', 'engine-asks', 'invalid-input']);

/**
 * The places to show in full, and the usual ones where nothing answers. A place that somebody made, a docker context, or chose is
 * always shown: `kept` has the ids of the latter.
 */
export function groupPlaces(
  places: EnginePlace[],
  looks: ReadonlyMap<string, Look>,
  kept: string[],
): { shown: ShownPlace[]; silent: EnginePlace[]; isAsking: boolean } {
  const isSilent = ({ id, context }: EnginePlace): boolean => {
    const failure = looks.get(id)?.failure;
    return failure !== undefined && context === undefined && !kept.includes(id) && !tellOfOne.has(failure.kind);
  };
  const isAsked = ({ id, context }: EnginePlace): boolean => looks.has(id) || context !== undefined || kept.includes(id);
  const first = new Map<string, EnginePlace>();
  const shown = places
    .filter((place) => isAsked(place) && !isSilent(place))
    .map((place) => {
      const identity = looks.get(place.id)?.answer?.identity;
      const same = identity === undefined ? undefined : first.get(identity);
      if (identity !== undefined && !same) first.set(identity, place);
      return { place, look: looks.get(place.id), ...(same && { sameAs: same.label }) };
    });
  return { shown, silent: places.filter(isSilent), isAsking: places.some(({ id }) => !looks.has(id)) };
}
