import type { BuildInputs, NameSuggestion, ProposedTag } from './build.ts';
import { parseReference, repositoryOf, type UsualTags, usualTags } from './reference.ts';

/** Names that follow the version given in the folder. */
export type MovedNames = {
  before: string;
  now: string;
  references: string[];
  /** The source of the last name, how it was written there (unknown for older builds), and what has become of it. */
  was: { from: NameSuggestion['from']; written?: string; state: 'changed' | 'still' | 'gone' };
  /** The source of the new name. */
  says: { from: NameSuggestion['from']; written: string };
};

/** The source of a name, if the folder proposes its tag. A tag such as `latest` is no version and has no source. */
export function originOf(reference: string, suggestions: readonly NameSuggestion[]): NameSuggestion['from'] | undefined {
  const { tag } = parseReference(reference);
  return suggestions.find(({ from, reference: proposed }) => from !== 'folder' && parseReference(proposed).tag === tag)?.from;
}

/** The tags that the folder proposes, to be stored with a build. */
export const proposedTags = (suggestions: readonly NameSuggestion[]): ProposedTag[] =>
  suggestions.flatMap(({ from, reference, written }) => {
    const { tag } = parseReference(reference);
    return from === 'folder' || !tag ? [] : [{ from, tag, written }];
  });

/**
 * New names for the next build if the version they came from has changed, or if another source now gives a version that it did
 * not give then. Under the old name, something already released would get new content. Undefined if the names can stay.
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
  // if the version is gone, as on a commit after the tagged one, propose the next best
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

/** A version that its source did not give when the names were chosen. Unknown for builds stored without the tags proposed then. */
function newlySaid(references: string[], suggestions: readonly NameSuggestion[], proposed: ProposedTag[] | undefined) {
  const held = new Set(references.map((reference) => parseReference(reference).tag));
  return suggestions.find((one) => {
    // a commit differs every time and is no version
    if (!proposed || one.from === 'folder' || one.from === 'git commit' || held.has(tagOf(one))) return false;
    return !proposed.some(({ from, tag }) => from === one.from && tag === tagOf(one));
  });
}

const tagOf = ({ reference }: NameSuggestion): string | undefined => parseReference(reference).tag;

// the usual tags beside a version move with it: 1.0 for 1.0.0 becomes 1.1 for 1.1.0
function withTagOf(reference: string, oldTag: string | undefined, newTag: string): string[] {
  const parsed = parseReference(reference);
  if (parsed.tag === oldTag) return [`${repositoryOf(parsed)}:${newTag}`];
  const kind = (Object.entries(usualTags(oldTag)) as [keyof UsualTags, string][]).find(([, tag]) => tag === parsed.tag)?.[0];
  if (!kind) return [reference];
  const tag = usualTags(newTag)[kind];
  return tag ? [`${repositoryOf(parsed)}:${tag}`] : [];
}
