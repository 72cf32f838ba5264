import { withDefaultTag } from '../../../contract/reference.ts';
import type { Task } from '../../../contract/task.ts';
import type { Doing } from './tag-sighting.ts';

/** What a task that succeeded did to names on its engine; undefined if it did nothing to them. */
export function doneToNames({ id, kind, state, request, result, startedAt, endedAt }: Task): Doing | undefined {
  if (state !== 'succeeded' || startedAt === undefined || endedAt === undefined) return undefined;
  const doing = (names: readonly string[], image?: string | null): Doing => ({
    kind,
    task: id,
    names: names.flatMap(asEnginesListThem),
    ...(image !== undefined && { image }),
    startedAt,
    endedAt,
  });
  switch (result?.kind) {
    case 'build':
    case 'import':
    case 'commit':
      return doing(result.kind === 'build' ? result.references : [result.reference], result.imageId);
    case 'tag':
      return doing([result.reference], request.kind === 'tag' ? request.image : undefined);
    case 'move-tag':
      return doing([result.reference], result.to);
    case 'pull':
      return doing([withDefaultTag(result.reference)]);
    case 'load':
      return doing(result.loaded);
    case 'bring-back':
      return doing(result.references);
    case 'push':
      return doing(result.pushed.map(({ reference }) => reference));
    case 'untag':
      return doing([result.reference], null);
    case 'remove':
      return doing(result.untagged, null);
    case 'clean-up':
      return doing(
        result.gone.images.flatMap(({ references }) => references),
        null,
      );
    default:
      return undefined;
  }
}

// Podman writes names in full
const asEnginesListThem = (name: string): string[] => [name, `docker.io/library/${name}`, `docker.io/${name}`, `localhost/${name}`];
