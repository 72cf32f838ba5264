import type { ImageDetails } from '../../../contract/image.ts';
import { client } from '../../connection/client.ts';
import { useMirror } from '../../connection/mirror.ts';
import { type Asked, useAsked } from '../../connection/use-asked.ts';

/** An image's details, read again whenever the list changes: tags, shared layers and containers may have changed, too. */
export function useImageDetails(id: string): Asked<ImageDetails> {
  const images = useMirror((mirror) => mirror.images);
  return useAsked(id, (signal) => client.images.details({ id }, { signal }), { since: images });
}
