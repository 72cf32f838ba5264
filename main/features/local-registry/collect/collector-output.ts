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
 * Reads what `registry garbage-collect --dry-run` prints, of distribution 2.8 and 3. What is not whole is an error: a list that breaks off or lacks
 * its beginning would take for unused, or for all there is, what is not.
 */
export function readCollectorOutput(lines: Iterable<string>): CollectorOutput {
  const manifests = new Map<string, Set<string>>();
  const unused = new Set<string>();
  const marked = new Set<string>();
  let said: { marked: number; unused: number } | undefined;
  for (const line of lines) {
    const manifest = /^(\S+): marking manifest (\S+)\s*$/.exec(line);
    const blob = /^\S+: marking blob (\S+)\s*$/.exec(line);
    const eligible = /^blob eligible for deletion: (\S+)\s*$/.exec(line);
    const sum = /^(\d+) blobs marked, (\d+) blobs and \d+ manifests eligible for deletion\s*$/.exec(line);
    if (manifest?.[1] && manifest[2]) repositoryOf(manifests, manifest[1]).add(checked(manifest[2]));
    else if (eligible?.[1]) unused.add(checked(eligible[1]));
    else if (sum) said = { marked: Number(sum[1]), unused: Number(sum[2]) };
    else if (/^[a-z0-9][a-z0-9._/-]*$/.test(line)) repositoryOf(manifests, line);
    const kept = manifest?.[2] ?? blob?.[1];
    if (kept !== undefined) marked.add(kept);
  }
  if (said === undefined) throw notUnderstood('It ended without a sum.');
  if (said.unused !== unused.size) throw notUnderstood(`It said ${said.unused} unused blobs and named ${unused.size}.`);
  // an engine may keep only the end of what a container says
  if (said.marked > marked.size) throw notUnderstood(`It said ${said.marked} blobs in use and named ${marked.size}.`);
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
