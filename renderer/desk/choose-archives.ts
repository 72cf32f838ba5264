import { client } from '../connection/client.ts';
import { attempt } from './attempt.ts';
import { openFiles } from './dialogs.ts';

/** Asks for image files and shows what they are before anything is loaded. */
export async function chooseArchives(): Promise<void> {
  openFiles((await attempt(() => client.files.chooseArchives())) ?? []);
}
