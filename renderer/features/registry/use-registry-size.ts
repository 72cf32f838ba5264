import { useMemo } from 'react';
import type { RegistryContainer } from '../../../contract/registry.ts';
import { client } from '../../connection/client.ts';
import { useMirror } from '../../connection/mirror.ts';
import { useAsked } from '../../connection/use-asked.ts';

/** The bytes that the registry's volume takes, measured again after every push; undefined until it is known, null if nobody knows. */
export function useRegistrySize({ containerId, storage }: RegistryContainer): number | null | undefined {
  const pushes = useMirror(({ tasks }) => tasks.filter(({ kind, state }) => kind === 'push' && state === 'succeeded').length);
  const since = useMemo(() => ({ pushes }), [pushes]);
  const question = storage.kind === 'volume' ? containerId : undefined;
  const { answer, failure } = useAsked(question, (signal) => client.localRegistry.size(undefined, { signal }), { since });
  return failure ? null : answer?.bytes;
}
