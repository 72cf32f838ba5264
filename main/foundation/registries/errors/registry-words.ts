import { type AnswerReason, answerWords } from './answer-words.ts';
import type { Reason } from './failure-reason.ts';
import type { About, Words } from './registry-name.ts';
import { troubleWords } from './trouble-words.ts';

/** The wording for a registry's failure; there is one for every reason. */
export function registryFailure(reason: Reason, about: About): Words {
  const words = reason in troubleWords ? troubleWords[reason as keyof typeof troubleWords] : answerWords[reason as AnswerReason];
  return { ...words(about), registry: about.registry };
}
