import { useMemo } from 'react';
import type { RegistryContainer } from '../../../contract/registry.ts';
import type { TaskKind } from '../../../contract/task.ts';
import { client } from '../../connection/client.ts';
import { useMirror } from '../../connection/mirror.ts';
import { useAsked } from '../../connection/use-asked.ts';

const changing: ReadonlySet<TaskKind> = new Set(['push', 'collect-registry', 'store-registry']);

/** The bytes that the registry's volume takes, measured again after every push and collection; undefined until it is known, null if nobody knows. */
export function useRegistrySize({ containerId, storage }: RegistryContainer): number | null | undefined {
  const changes = useMirror(({ tasks }) => tasks.filter(({ kind, state }) => changing.has(kind) && state === 'succeeded').length);
  const since = useMemo(() => ({ changes }), [changes]);
  const question = storage.kind === 'volume' || storage.kind === 'folder' ? containerId : undefined;
  const { answer, failure } = useAsked(question, (signal) => client.localRegistry.size(undefined, { signal }), { since });
  return failure ? null : answer?.bytes;
}
