import { client } from '../connection/client.ts';
import { count } from '../ui/format.ts';
import { notify } from '../ui/notify.ts';
import { attempt } from './attempt.ts';

/** Writes down which layers an engine has, where the person says. */
export async function saveReceipt(at: string | undefined): Promise<void> {
  const saved = await attempt(() => client.archives.saveReceipt({ at }));
  if (!saved) return;
  notify(
    `The receipt lists ${count(saved.layers, 'layer')}`,
    'Drop it on Layerdeck where the images are: only what is missing here is packed.',
  );
}
