import type { OldPart, OldRule, RemovalPart } from '../../../../contract/registry-removal.ts';
import { client } from '../../../connection/client.ts';
import { type Streamed, useStream } from '../../../connection/use-stream.ts';

/** The last part that came: how far it is, or what was found out. */
const latest = <T>(_: T | undefined, part: T): T => part;

/** What goes with tags of a repository. */
export function useRemovalPreview(registry: string, repository: string, tags: string[]): Streamed<RemovalPart | undefined> {
  return useStream<RemovalPart, RemovalPart | undefined>(`${registry}/${repository} ${tags.join(' ')}`, {
    open: (signal) => client.registry.previewRemoval({ registry, repository, tags }, { signal }),
    empty: undefined,
    add: latest,
  });
}

/** The tags that a rule lets go; nothing is asked without a rule. */
export function useOldTags(registry: string, repository: string, rule: OldRule | undefined): Streamed<OldPart | undefined> {
  return useStream<OldPart, OldPart | undefined>(rule && `${registry}/${repository} ${JSON.stringify(rule)}`, {
    open: (signal) => client.registry.findOld({ registry, repository, rule: rule ?? {} }, { signal }),
    empty: undefined,
    add: latest,
  });
}
