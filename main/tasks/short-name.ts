import { parseReference, repositoryOf } from '../../contract/reference.ts';

/** "hello-web:1.4.2" says enough in a title; the registry and the namespace are on the task's page. */
export function shortName(reference: string): string {
  const { repository, tag, ...parsed } = parseReference(reference);
  const last = repository.split('/').pop() ?? repositoryOf({ repository, ...parsed });
  return tag ? `${last}:${tag}` : last;
}
