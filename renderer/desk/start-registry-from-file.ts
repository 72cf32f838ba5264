import { client } from '../connection/client.ts';
import { attempt } from './attempt.ts';
import { startTask } from './start-task.ts';

/** Asks for a file with the image of a registry, and starts the registry from it. */
export async function startRegistryFromFile(): Promise<void> {
  const [file] = (await attempt(() => client.files.chooseArchives())) ?? [];
  if (file) await startTask({ kind: 'start-registry', archive: file.grant });
}

/** Marks what an image file can be dropped on to start the registry from it. */
export const startsRegistry = '[data-starts-registry]';
