import { Button } from '@mantine/core';
import type { OtherRegistry } from '../../../contract/registry.ts';
import { openDialog } from '../../desk/dialogs.ts';
import { startTask } from '../../desk/start-task.ts';
import { useCacheTask } from './use-registry-task.ts';

/** The life of a cache that Layerdeck made; one of another maker is left alone. */
export function CacheActs({ cache }: { cache: OtherRegistry }) {
  const isBusy = useCacheTask() !== undefined;
  const { containerId, name, maker, remote, isRunning } = cache;
  if (maker !== 'layerdeck' || remote === undefined) return null;
  return (
    <>
      {isRunning ? (
        <Button
          size="xs"
          disabled={isBusy}
          onClick={() => void startTask({ kind: 'stop-cache', container: containerId })}
          aria-label={`Stop: ${name}`}
        >
          Stop
        </Button>
      ) : (
        <Button size="xs" disabled={isBusy} onClick={() => void startTask({ kind: 'start-cache', remote })} aria-label={`Start: ${name}`}>
          Start
        </Button>
      )}
      <Button size="xs" disabled={isBusy} onClick={() => openDialog({ name: 'add-cache', remote })} aria-label={`Sign-in…: ${name}`}>
        Sign-in…
      </Button>
      <Button size="xs" disabled={isBusy} onClick={() => openDialog({ name: 'remove-cache', cache })} aria-label={`Remove…: ${name}`}>
        Remove…
      </Button>
    </>
  );
}
