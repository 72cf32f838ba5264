import { useMemo } from 'react';
import { useImagesHere } from './engine-scope.ts';

/** Which image each name points to now, on the engine that this part of the window is about. */
export function useReferenceTargets(): ReadonlyMap<string, string> {
  const images = useImagesHere();
  return useMemo(
    () => new Map((images?.images ?? []).flatMap(({ id, references }) => references.map((reference) => [reference, id] as const))),
    [images],
  );
}
