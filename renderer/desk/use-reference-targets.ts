import { useMemo } from 'react';
import { useMirror } from '../connection/mirror.ts';

/** Which image each name points to now. */
export function useReferenceTargets(): ReadonlyMap<string, string> {
  const images = useMirror((mirror) => mirror.images);
  return useMemo(
    () => new Map((images?.images ?? []).flatMap(({ id, references }) => references.map((reference) => [reference, id] as const))),
    [images],
  );
}
