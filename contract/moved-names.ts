import type { BuildInputs, NameSuggestion, ProposedTag } from './build.ts';
import { parseReference, repositoryOf, type UsualTags, usualTags } from './reference.ts';

/** Names that follow what the folder says of its version. */
export type MovedNames = {
  before: string;
  now: string;
  references: string[];
  /** What the last name was taken from, how it was written there (of older builds that is not known), and what is there now. */
  was: { from: NameSuggestion['from']; written?: string; state: 'changed' | 'still' | 'gone' };
  /** What the new name is taken from. */
  says: { from: NameSuggestion['from']; written: string };
};

/** What a name was taken from: where its tag is one that the folder proposes. A tag such as `latest` is nobody's version. */
export function originOf(reference: string, suggestions: readonly NameSuggestion[]): NameSuggestion['from'] | undefined {
  const { tag } = parseReference(reference);
  return suggestions.find(({ from, reference: proposed }) => from !== 'folder' && parseReference(proposed).tag === tag)?.from;
}

/** The tags that the folder proposes, to be kept with a build. */
export const proposedTags = (suggestions: readonly NameSuggestion[]): ProposedTag[] =>
  suggestions.flatMap(({ from, reference, written }) => {
    const { tag } = parseReference(reference);
    return from === 'folder' || !tag ? [] : [{ from, tag, written }];
  });

/**
 * The names of the last build as they have to be now: where the version that they were taken from is another one, or any other place says
 * a version that it did not say then. Under the old name, what was released would get other content. Undefined where they can stay.
 */
export function movedNames(
  { references, nameFrom, proposed }: Pick<BuildInputs, 'references' | 'nameFrom' | 'proposed'>,
  suggestions: readonly NameSuggestion[],
): MovedNames | undefined {
  const [before] = references;
  if (!nameFrom || !before) return undefined;
  const oldTag = parseReference(before).tag;
  const own = suggestions.find(({ from }) => from === nameFrom);
  const isChanged = own !== undefined && tagOf(own) !== oldTag;
  // where the version is gone, as of a commit after the tagged one, the next best is what is proposed
  const says = isChanged ? own : (newlySaid(references, suggestions, proposed) ?? own ?? suggestions[0]);
  const newTag = says && tagOf(says);
  if (!says || !newTag || oldTag === newTag) return undefined;
  const moved = [...new Set(references.flatMap((reference) => withTagOf(reference, oldTag, newTag)))];
  const written = own && !isChanged ? own.written : proposed?.find(({ from }) => from === nameFrom)?.written;
  return {
    before,
    now: moved[0] ?? says.reference,
    references: moved,
    was: { from: nameFrom, ...(written && { written }), state: isChanged ? 'changed' : own ? 'still' : 'gone' },
    says: { from: says.from, written: says.written },
  };
}

/** A version that its place did not say when the names were chosen. Of builds that were kept without what was said then, that is not known. */
function newlySaid(references: string[], suggestions: readonly NameSuggestion[], proposed: ProposedTag[] | undefined) {
  const held = new Set(references.map((reference) => parseReference(reference).tag));
  return suggestions.find((one) => {
    // a commit is another one each time, and no version
    if (!proposed || one.from === 'folder' || one.from === 'git commit' || held.has(tagOf(one))) return false;
    return !proposed.some(({ from, tag }) => from === one.from && tag === tagOf(one));
  });
}

const tagOf = ({ reference }: NameSuggestion): string | undefined => parseReference(reference).tag;

// the tags that are usual beside a version move with it: 1.0 of 1.0.0 is 1.1 of 1.1.0
function withTagOf(reference: string, oldTag: string | undefined, newTag: string): string[] {
  const parsed = parseReference(reference);
  if (parsed.tag === oldTag) return [`${repositoryOf(parsed)}:${newTag}`];
  const kind = (Object.entries(usualTags(oldTag)) as [keyof UsualTags, string][]).find(([, tag]) => tag === parsed.tag)?.[0];
  if (!kind) return [reference];
  const tag = usualTags(newTag)[kind];
  return tag ? [`${repositoryOf(parsed)}:${tag}`] : [];
}
