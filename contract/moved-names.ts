import type { BuildInputs, NameSuggestion } from './build.ts';
import { parseReference, repositoryOf, type UsualTags, usualTags } from './reference.ts';

/** Names that follow what they were taken from. */
export type MovedNames = { from: NameSuggestion['from']; before: string; now: string; references: string[] };

/** What a name was taken from: where its tag is one that the folder proposes. A tag such as `latest` is nobody's version. */
export function originOf(reference: string, suggestions: readonly NameSuggestion[]): NameSuggestion['from'] | undefined {
  const { tag } = parseReference(reference);
  return suggestions.find(({ from, reference: proposed }) => from !== 'folder' && parseReference(proposed).tag === tag)?.from;
}

/**
 * The names of the last build, where the version that they were taken from is another one by now: under the old name, what was
 * released would get other content. Undefined where they can stay.
 */
export function movedNames(
  { references, nameFrom }: Pick<BuildInputs, 'references' | 'nameFrom'>,
  suggestions: readonly NameSuggestion[],
): MovedNames | undefined {
  const [before] = references;
  // where the version is gone, as of a commit after the tagged one, the next best is what is proposed
  const proposed = suggestions.find(({ from }) => from === nameFrom) ?? suggestions[0];
  if (!nameFrom || !before || !proposed) return undefined;
  const [oldTag, newTag] = [parseReference(before).tag, parseReference(proposed.reference).tag];
  if (!newTag || oldTag === newTag) return undefined;
  const moved = [...new Set(references.flatMap((reference) => withTagOf(reference, oldTag, newTag)))];
  return { from: nameFrom, before, now: moved[0] ?? proposed.reference, references: moved };
}

// the tags that are usual beside a version move with it: 1.0 of 1.0.0 is 1.1 of 1.1.0
function withTagOf(reference: string, oldTag: string | undefined, newTag: string): string[] {
  const parsed = parseReference(reference);
  if (parsed.tag === oldTag) return [`${repositoryOf(parsed)}:${newTag}`];
  const kind = (Object.entries(usualTags(oldTag)) as [keyof UsualTags, string][]).find(([, tag]) => tag === parsed.tag)?.[0];
  if (!kind) return [reference];
  const tag = usualTags(newTag)[kind];
  return tag ? [`${repositoryOf(parsed)}:${tag}`] : [];
}
