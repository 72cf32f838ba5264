import type { BuildInputs } from '../../contract/build.ts';
import { openPage } from '../ui/navigation.ts';
import { attempt } from './attempt.ts';
import { client } from './client.ts';
import { openDialog } from './dialogs.ts';

type Besides = Pick<BuildInputs, 'cacheFrom' | 'inlineCache'>;

/** Builds the same folder with the same inputs once more, but for those given besides, and shows it. */
export async function buildAgain(build: string, besides: Besides = {}): Promise<void> {
  const started = await attempt(() => client.build.again({ build, ...besides }));
  // under its old name, what was released would get other content: the form proposes the new one
  if (started && 'moved' in started) await changeAndTryAgain(build, besides);
  else if (started) openPage('build', started.id);
}

/** Opens the form with what this build was made with, and with what is given besides. */
export async function changeAndTryAgain(build: string, besides: Besides = {}): Promise<void> {
  const reopened = await attempt(() => client.build.reopen({ build }));
  if (reopened) openDialog({ name: 'build', ...reopened, inputs: { ...reopened.inputs, ...besides } });
}
