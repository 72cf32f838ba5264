import { useState } from 'react';

/**
 * The last of an answer, for as long as it is about the same thing: a field made of it must not go while more is asked, or
 * the keyboard would be taken from it.
 */
export function useKept<T>(about: string | undefined, answer: T | undefined): T | undefined {
  const [kept, keep] = useState<{ about: string | undefined; answer: T }>();
  if (answer !== undefined && (kept?.about !== about || kept?.answer !== answer)) keep({ about, answer });
  return answer ?? (kept?.about === about ? kept?.answer : undefined);
}
