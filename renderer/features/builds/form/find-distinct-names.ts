import type { NameSuggestion } from '../../../../contract/build.ts';

/** The names to choose among, without those that an earlier one already offers as an extra tag. */
export function findDistinctNames(suggestions: NameSuggestion[]): NameSuggestion[] {
  const isGiven = (by: NameSuggestion, reference: string): boolean => by.reference === reference || by.alsoAs.includes(reference);
  return suggestions.filter(({ reference }, place) => !suggestions.slice(0, place).some((earlier) => isGiven(earlier, reference)));
}
