import { useMemo } from 'react';
import { useImagesHere } from './engine-scope.ts';
import { withoutHub } from './image-name.ts';

/**
 * Which image each name points to now, on the engine that this part of the window is about. What Podman calls `docker.io/library/app:1`
 * is found as `app:1`, too.
 */
export function useReferenceTargets(): ReadonlyMap<string, string> {
  const images = useImagesHere();
  return useMemo(
    () =>
      new Map(
        (images?.images ?? []).flatMap(({ id, references }) =>
          references.flatMap((name) => [name, withoutHub(name)].map((reference) => [reference, id] as const)),
        ),
      ),
    [images],
  );
}
