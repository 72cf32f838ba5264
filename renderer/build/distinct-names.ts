import type { NameSuggestion } from '../../contract/build.ts';

/** The names to choose among: what an earlier one gives as well, by a tick, is no choice of its own. */
export function distinctNames(suggestions: NameSuggestion[]): NameSuggestion[] {
  const isGiven = (by: NameSuggestion, reference: string): boolean => by.reference === reference || by.alsoAs.includes(reference);
  return suggestions.filter(({ reference }, place) => !suggestions.slice(0, place).some((earlier) => isGiven(earlier, reference)));
}
