import { Button } from '@mantine/core';
import { IconCopy, IconPlayerPlay, IconPlayerStop } from '@tabler/icons-react';
import type { LocalRegistry } from '../../../contract/registry.ts';
import { useMirror } from '../../connection/mirror.ts';
import { isRunning } from '../../connection/use-task.ts';
import { copyText } from '../../desk/copy-text.ts';
import { openDialog } from '../../desk/dialogs.ts';
import { EmptyState } from '../../desk/EmptyState.tsx';
import { PageHead } from '../../desk/PageHead.tsx';
import { startTask } from '../../desk/start-task.ts';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { ago } from '../../ui/format.ts';
import { Ring } from '../../ui/Ring.tsx';
import { useNow } from '../../ui/use-now.ts';
import { RegistryPlaces } from './browse/RegistryPlaces.tsx';
import { LoginList } from './LoginList.tsx';
import c from './RegistryPage.module.css';

/** The registry on this computer: start it, see what is in it, stop it. */
export function RegistryPage() {
  const registry = useMirror((mirror) => mirror.registry);
  return (
    <div className="page">
      <PageHead title="Registry" summary="A place on this computer to push images to. It answers on this computer only.">
        <Button leftSection={<IconCopy size={15} stroke={1.6} />} onClick={() => openDialog({ name: 'copy' })}>
          Copy an image…
        </Button>
      </PageHead>
      <div className={`scroll ${c.body}`}>
        {registry.state === 'running' ? <RunningCard registry={registry} /> : <NotRunning registry={registry} />}
        <RegistryPlaces />
        <LoginList />
      </div>
    </div>
  );
}

function useIsBusy(kind: 'start-registry' | 'stop-registry'): boolean {
  return useMirror((mirror) => mirror.tasks.some((task) => task.kind === kind && isRunning(task)));
}

function NotRunning({ registry }: { registry: LocalRegistry }) {
  const isStarting = useIsBusy('start-registry');
  const hasEngine = useMirror((mirror) => mirror.engine.state === 'connected');
  if (!hasEngine) {
    return (
      <EmptyState title="A registry on this computer needs an engine">
        You can still copy images between other registries and files.
      </EmptyState>
    );
  }
  if (registry.state === 'unknown') return <div aria-busy className="grow" />;
  const start = (
    <Button
      variant="filled"
      disabled={isStarting}
      leftSection={isStarting ? <Ring size={14} /> : <IconPlayerPlay size={15} stroke={1.7} />}
      onClick={() => void startTask({ kind: 'start-registry' })}
    >
      {isStarting ? 'Starting the registry' : 'Start the registry'}
    </Button>
  );
  if (registry.state === 'stopped') {
    return (
      <EmptyState title="The registry is stopped" actions={start}>
        The images you pushed to it are kept, and will be there when it starts again.
      </EmptyState>
    );
  }
  return (
    <EmptyState title="No registry yet" actions={start}>
      A registry keeps images so that others can get them. This one runs as a container in your engine and answers on this computer only:
      good for trying out a push, or for passing images between projects.
    </EmptyState>
  );
}

function RunningCard({ registry }: { registry: Extract<LocalRegistry, { state: 'running' }> }) {
  const now = useNow(30_000);
  const isStopping = useIsBusy('stop-registry');
  return (
    <section className={c.state} aria-label="Registry state">
      <span className={c.dot} />
      <div className="grow">
        <p className="h3">
          Running at{' '}
          <CopyButton label={`Copy ${registry.address}`} copy={() => copyText(registry.address)}>
            <span className="mono">{registry.address}</span>
          </CopyButton>
        </p>
        <p className="sm t2 num">Started {ago(registry.startedAt, now)} · names that begin with this address go here</p>
      </div>
      <Button
        disabled={isStopping}
        leftSection={<IconPlayerStop size={15} stroke={1.6} />}
        onClick={() => void startTask({ kind: 'stop-registry' })}
      >
        {isStopping ? 'Stopping' : 'Stop the registry'}
      </Button>
    </section>
  );
}
