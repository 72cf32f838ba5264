import { digest } from '../../../../contract/grammar.ts';
import { FailureError } from '../../../foundation/failures/failure.ts';

/** What the registry's own collector said of what is there. */
export type CollectorOutput = {
  /** The manifests of each repository, with and without tags. */
  manifests: ReadonlyMap<string, ReadonlySet<string>>;
  /** Blobs that no manifest of any repository names. */
  unused: readonly string[];
};

/**
 * Reads what `registry garbage-collect` prints, of distribution 2.8 and 3. What is not whole is an error: a list that breaks off would take
 * for unused, or for all there is, what is not.
 */
export function readCollectorOutput(lines: Iterable<string>): CollectorOutput {
  const manifests = new Map<string, Set<string>>();
  const unused = new Set<string>();
  let said: number | undefined;
  for (const line of lines) {
    const marked = /^(\S+): marking manifest (\S+)\s*$/.exec(line);
    const eligible = /^blob eligible for deletion: (\S+)\s*$/.exec(line);
    const sum = /^\d+ blobs marked, (\d+) blobs and \d+ manifests eligible for deletion\s*$/.exec(line);
    if (marked?.[1] && marked[2]) repositoryOf(manifests, marked[1]).add(checked(marked[2]));
    else if (eligible?.[1]) unused.add(checked(eligible[1]));
    else if (sum) said = Number(sum[1]);
    else if (/^[a-z0-9][a-z0-9._/-]*$/.test(line)) repositoryOf(manifests, line);
  }
  if (said === undefined || said !== unused.size) throw notUnderstood(`It said ${said ?? 'no number of'} blobs and named ${unused.size}.`);
  return { manifests, unused: [...unused] };
}

function repositoryOf(manifests: Map<string, Set<string>>, name: string): Set<string> {
  const found = manifests.get(name) ?? new Set<string>();
  manifests.set(name, found);
  return found;
}

function checked(text: string): string {
  if (digest.test(text)) return text;
  throw notUnderstood(text);
}

const notUnderstood = (cause: string): FailureError =>
  new FailureError({
    kind: 'unknown',
    title: 'Layerdeck doesn’t understand what the registry’s collector says',
    detail: 'It may be newer than Layerdeck. Nothing was removed.',
    hint: 'Update Layerdeck. If there is no newer one, report this with the original message below.',
    cause: cause.slice(0, 500),
  });
