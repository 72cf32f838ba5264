import type { ImageSummary } from '../../../contract/image.ts';
import { client } from '../../connection/client.ts';
import { type Asked, useAsked } from '../../connection/use-asked.ts';
import type { ShownEngine } from '../../desk/shown-engines.ts';

/** The images of single steps, of the engine in use; only while they are asked for. */
export const useSteps = ([own]: readonly ShownEngine[], isWanted: boolean): Asked<ImageSummary[]> =>
  useAsked(isWanted && own?.images ? 'steps' : undefined, (signal) => client.images.steps({}, { signal }), { since: own?.images });
