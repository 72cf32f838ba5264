import type { BuildInputs } from '../../contract/build.ts';
import { client } from '../connection/client.ts';
import { attempt } from './attempt.ts';
import { openDialog } from './dialogs.ts';
import { openPage } from './navigation.ts';

type Changes = Pick<BuildInputs, 'cacheFrom' | 'inlineCache'>;

/** Builds the same folder again with the same inputs, apart from the given changes, and shows the build. */
export async function buildAgain(build: string, changes: Changes = {}): Promise<void> {
  const started = await attempt(() => client.build.again({ build, ...changes }));
  // a name that was released must not get other content: the form proposes the new name
  if (started && 'moved' in started) await changeAndTryAgain(build, changes);
  else if (started) openPage({ page: 'build', id: started.id });
}

/** Opens the form filled in as for this build, apart from the given changes. */
export async function changeAndTryAgain(build: string, changes: Changes = {}): Promise<void> {
  const reopened = await attempt(() => client.build.reopen({ build }));
  if (reopened) openDialog({ name: 'build', ...reopened, inputs: { ...reopened.inputs, ...changes } });
}
