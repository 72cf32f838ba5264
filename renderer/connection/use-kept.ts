import { useState } from 'react';

/**
 * The last answer, for as long as it is about the same thing: a field made from it has to stay while main is asked again, or
 * it would lose the focus.
 */
export function useKept<T>(about: string | undefined, answer: T | undefined): T | undefined {
  const [kept, keep] = useState<{ about: string | undefined; answer: T }>();
  if (answer !== undefined && (kept?.about !== about || kept?.answer !== answer)) keep({ about, answer });
  return answer ?? (kept?.about === about ? kept?.answer : undefined);
}
