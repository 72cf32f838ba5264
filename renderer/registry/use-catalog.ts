import { useEffect, useState } from 'react';
import type { Failure } from '../../contract/failure.ts';
import type { Catalog, LocalRegistry } from '../../contract/registry.ts';
import { client } from '../connection/client.ts';
import { failureOf } from '../connection/failure-of.ts';
import { useMirror } from '../connection/mirror.ts';

type Known = { catalog?: Catalog; failure?: Failure };

/** What the registry holds; asked again when it changed or when something was pushed. */
export function useCatalog(registry: LocalRegistry): Known {
  const pushes = useMirror(({ tasks }) => tasks.filter(({ kind, state }) => kind === 'push' && state === 'succeeded').length);
  const [known, setKnown] = useState<Known>({});
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new registry fact or push is the reason to ask again
  useEffect(() => {
    let isCurrent = true;
    client.registry.catalog().then(
      (catalog) => isCurrent && setKnown({ catalog }),
      (error) => isCurrent && setKnown({ failure: failureOf(error) }),
    );
    return () => {
      isCurrent = false;
    };
  }, [registry, pushes]);
  return known;
}
