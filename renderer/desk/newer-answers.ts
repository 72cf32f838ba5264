import type { ImageSummary } from '../../contract/image.ts';
import type { NewerAnswer, NewerAsked } from '../../contract/origin.ts';
import { count } from '../ui/format.ts';

export type Named = Pick<ImageSummary, 'references' | 'digests'>;

/** The last answers about the names that an image has now, as far as they are about this image. */
export function answersAbout({ references, digests }: Named, answers: readonly NewerAnswer[]): NewerAnswer[] {
  if (digests.length === 0) return [];
  const own = new Set(digests.map(digestIn));
  return answers.filter(({ reference, here }) => references.includes(reference) && own.has(here)).map((answer) => asOf(answer, own));
}

/** The answer that there is a newer one; undefined if none says so. */
export const newerOf = (image: Named, answers: readonly NewerAnswer[]): NewerAnswer | undefined =>
  answersAbout(image, answers).find(({ relation }) => relation === 'newer');

/** What came of asking, as a title and a sentence. */
export function wordsFor({ answers, failures }: NewerAsked): [title: string, message: string] {
  const newer = answers.filter(({ relation }) => relation === 'newer').map(({ reference }) => reference);
  const failed = failures.length > 0 ? ` ${count(failures.length, 'name')} couldn’t be asked about: ${failures[0]?.failure.title}.` : '';
  if (answers.length === 0 && failures.length === 0) return ['No registry to ask', 'No registry knows these images by a digest.'];
  if (newer.length === 0) return ['No newer images found', `${count(answers.length, 'name')} asked about.${failed}`];
  const title = newer.length === 1 ? 'There is a newer image' : `There are ${count(newer.length, 'newer image')}`;
  return [title, `${newer.slice(0, 3).join(', ')}${newer.length > 3 ? ' and others' : ''}.${failed}`];
}

const digestIn = (digest: string): string => digest.slice(digest.indexOf('@') + 1);

// one that was got meanwhile is the one that the registry has
const asOf = (answer: NewerAnswer, own: ReadonlySet<string>): NewerAnswer =>
  answer.found !== undefined && own.has(answer.found) ? { ...answer, relation: 'same' } : answer;
