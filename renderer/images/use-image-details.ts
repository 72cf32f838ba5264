import { useEffect, useState } from 'react';
import type { Failure } from '../../contract/failure.ts';
import type { ImageDetails } from '../../contract/image.ts';
import { client } from '../connection/client.ts';
import { failureOf } from '../connection/failure-of.ts';
import { useMirror } from '../connection/mirror.ts';

type Known = { id: string; details?: ImageDetails; failure?: Failure };

/** An image's details, read again whenever the list changes: tags, layers shared and containers may have, too. */
export function useImageDetails(id: string): Known {
  const images = useMirror((mirror) => mirror.images);
  const [known, setKnown] = useState<Known>({ id });
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new list is the reason to ask again
  useEffect(() => {
    let isCurrent = true;
    client.images.details({ id }).then(
      (details) => isCurrent && setKnown({ id, details }),
      (error) => isCurrent && setKnown({ id, failure: failureOf(error) }),
    );
    return () => {
      isCurrent = false;
    };
  }, [id, images]);
  return known.id === id ? known : { id };
}
