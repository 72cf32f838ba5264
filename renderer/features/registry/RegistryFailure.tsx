import { Button } from '@mantine/core';
import type { LocalRegistry } from '../../../contract/registry.ts';
import { client } from '../../connection/client.ts';
import { useMirror } from '../../connection/mirror.ts';
import { attempt } from '../../desk/attempt.ts';
import { openDialog } from '../../desk/dialogs.ts';
import { startRegistryFromFile } from '../../desk/start-registry-from-file.ts';
import { FailureNote } from '../../ui/FailureNote.tsx';
import c from './RegistryPage.module.css';
import { useRegistryFailure } from './use-registry-task.ts';

/** Why the registry didn't do what was last asked of it, with the next step. */
export function RegistryFailure() {
  const task = useRegistryFailure();
  const isRunning = useMirror((mirror) => mirror.registry.state === 'running');
  const isElsewhere = useMirror(({ registry }) => keepsElsewhere(registry));
  // another one was chosen meanwhile, or the same was started elsewhere
  const isOver = isRunning && task?.request.kind === 'start-registry' && task.request.port === undefined;
  if (!task?.failure || isOver) return null;
  const { failure, id, request } = task;
  const needsImage = request.kind === 'start-registry' && (failure.kind === 'registry-unreachable' || failure.kind === 'bad-archive');
  const lostFolder = failure.kind === 'not-found' && isElsewhere;
  return (
    <FailureNote failure={failure}>
      <div className={c.steps}>
        {failure.kind === 'port-taken' && (
          <Button size="xs" onClick={() => openDialog({ name: 'registry-port' })}>
            Use another port…
          </Button>
        )}
        {lostFolder && (
          <Button size="xs" onClick={() => openDialog({ name: 'registry-storage' })}>
            Keep its images somewhere else…
          </Button>
        )}
        {request.kind === 'store-registry' && !lostFolder && (
          <Button size="xs" onClick={() => openDialog({ name: 'registry-storage' })}>
            Choose its storage…
          </Button>
        )}
        {needsImage && (
          <Button size="xs" onClick={() => void startRegistryFromFile()}>
            Choose a file…
          </Button>
        )}
        <Button size="xs" variant="subtle" onClick={() => void attempt(() => client.tasks.dismiss({ id }))}>
          Dismiss
        </Button>
      </div>
    </FailureNote>
  );
}

/** Its images aren't in its volume, and may be out of reach. */
function keepsElsewhere(registry: LocalRegistry): boolean {
  if (registry.state === 'absent') return registry.kept?.folder !== undefined || registry.kept?.bucket !== undefined;
  return 'storage' in registry && registry.storage.kind !== 'volume';
}
