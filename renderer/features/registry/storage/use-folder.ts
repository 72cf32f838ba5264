import type { Failure } from '../../../../contract/failure.ts';
import type { GrantedTarget } from '../../../../contract/file.ts';
import type { RegistryFolder } from '../../../../contract/registry.ts';
import { client } from '../../../connection/client.ts';
import { useAsked } from '../../../connection/use-asked.ts';

export type LookedAt = { path: string | undefined; found: RegistryFolder | undefined; failure: Failure | undefined };

/** What is in a folder that was chosen. */
export function useFolder(chosen: GrantedTarget | undefined): LookedAt {
  const { answer, failure } = useAsked(chosen?.grant, (signal) =>
    client.localRegistry.lookAtFolder({ folder: chosen?.grant ?? '' }, { signal }),
  );
  return { path: chosen?.path, found: answer, failure };
}
