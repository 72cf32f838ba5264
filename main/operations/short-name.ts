import { parseReference, repositoryOf } from '../../contract/reference.ts';

/** A name for titles: "hello-web:1.4.2". Registry and namespace are on the task's page. */
export function shortName(reference: string): string {
  const { repository, tag, ...parsed } = parseReference(reference);
  const last = repository.split('/').pop() ?? repositoryOf({ repository, ...parsed });
  return tag ? `${last}:${tag}` : last;
}
