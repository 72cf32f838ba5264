import { useMemo } from 'react';
import type { NewerAnswer } from '../../contract/origin.ts';
import { client } from '../connection/client.ts';
import { useMirror } from '../connection/mirror.ts';
import { count, grouped } from '../ui/format.ts';
import { notify } from '../ui/notify.ts';
import { attempt } from './attempt.ts';
import { answersAbout, type Named, wordsFor } from './newer-answers.ts';

export const useAnswersAbout = (image: Named): NewerAnswer[] => {
  const answers = useMirror(({ newer }) => newer);
  return useMemo(() => answersAbout(image, answers), [image, answers]);
};

/** Asks registries about these images, and tells what came of it. */
export async function askForNewer(ids: string[], at: string | undefined): Promise<void> {
  const asked = await attempt(() => client.origin.askForNewer({ ids, at }));
  if (asked) notify(...wordsFor(asked));
}

/** How many images are asked about at once: registries count. */
const most = 200;

/** Asks about all images of the engine in use that a registry may know. */
export async function askAboutAll(): Promise<void> {
  const images = useMirror.getState().images?.images ?? [];
  const ids = images.flatMap(({ id, references, digests }) => (references.length > 0 && digests.length > 0 ? [id] : []));
  if (ids.length > most)
    notify(
      `Asking about ${grouped(most)} of ${count(ids.length, 'image')}`,
      'Registries count questions. Ask again for others, or about single images.',
    );
  if (ids.length > 0) await askForNewer(ids.slice(0, most), undefined);
  else notify(...wordsFor({ answers: [], failures: [] }));
}
