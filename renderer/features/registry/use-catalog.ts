import { useMemo } from 'react';
import type { Catalog, LocalRegistry } from '../../../contract/registry.ts';
import { client } from '../../connection/client.ts';
import { useMirror } from '../../connection/mirror.ts';
import { type Asked, useAsked } from '../../connection/use-asked.ts';

/** What the registry holds, read again when the registry changes and after every push. */
export function useCatalog(registry: LocalRegistry): Asked<Catalog> {
  const pushes = useMirror(({ tasks }) => tasks.filter(({ kind, state }) => kind === 'push' && state === 'succeeded').length);
  const since = useMemo(() => ({ registry, pushes }), [registry, pushes]);
  return useAsked('catalog', (signal) => client.registry.catalog(undefined, { signal }), { since });
}
