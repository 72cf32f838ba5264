import type { ImageDetails } from '../../../contract/image.ts';
import { client } from '../../connection/client.ts';
import { type Asked, useAsked } from '../../connection/use-asked.ts';
import { useEngineScope, useImagesHere } from '../../desk/engine-scope.ts';

/** An image's details, read again whenever the list changes: tags, shared layers and containers may have changed, too. */
export function useImageDetails(id: string): Asked<ImageDetails> {
  const images = useImagesHere();
  const at = useEngineScope();
  return useAsked(id, (signal) => client.images.details({ id, at }, { signal }), { since: images });
}
