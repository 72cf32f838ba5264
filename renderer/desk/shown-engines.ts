import { useMemo } from 'react';
import type { EngineBeside, EngineState } from '../../contract/engine.ts';
import type { ImageList } from '../../contract/image.ts';
import { useMirror } from '../connection/mirror.ts';

/** An engine whose images are listed. */
export type ShownEngine = {
  /** Its place; undefined for the one in use. */
  at: string | undefined;
  /** That of its docker context, or of the product. */
  name: string;
  /** Which of the badges’ colours it has. */
  hue: number;
  state: EngineState;
  images: ImageList | undefined;
};

/** How many colours badges have. */
const hues = 6;

/** The engine in use, then those beside it; one that is reached by two ways is there once. */
export function useShownEngines(): ShownEngine[] {
  const engine = useMirror((mirror) => mirror.engine);
  const images = useMirror((mirror) => mirror.images);
  const beside = useMirror((mirror) => mirror.beside);
  return useMemo(() => shownEngines(engine, images, beside), [engine, images, beside]);
}

/** Those that answer, besides the one at a place: where its images could be sent. */
export function useOtherEngines(at: string | undefined): { place: string; name: string; hue: number }[] {
  return useShownEngines().flatMap(({ at: own, name, hue, state }) =>
    own !== at && state.state === 'connected' ? [{ place: own ?? state.candidate.id, name, hue }] : [],
  );
}

/** The name of the engine at a place; undefined for the one in use, which needs none, and for one that is not shown. */
export const useEngineName = (at: string | undefined): string | undefined =>
  useShownEngines().find((engine) => at !== undefined && engine.at === at)?.name;

export function shownEngines(engine: EngineState, images: ImageList | undefined, beside: EngineBeside[]): ShownEngine[] {
  const own = engine.state === 'connected' ? engineName(engine.candidate.label, engine.product) : 'The engine in use';
  const others = beside
    // its place in the list, not among those that are shown, gives the colour: it stays when another one goes
    .map((one, index) => ({ ...one, hue: (index + 1) % hues }))
    .filter(({ isShownAlready }) => !isShownAlready)
    .map(
      ({ place, label, engine: state, images: theirs, hue }): ShownEngine => ({
        at: place,
        name: engineName(label, state.state === 'connected' ? state.product : undefined),
        hue,
        state,
        images: theirs,
      }),
    );
  return [{ at: undefined, name: own, hue: 0, state: engine, images }, ...others];
}

function engineName(label: string, product: string | undefined): string {
  const [, context] = /^docker context (.+)$/.exec(label) ?? [];
  return context ?? (label === 'DOCKER_HOST' ? (product ?? label) : label);
}
