import { Button } from '@mantine/core';
import { IconCopy, IconPlayerPlay } from '@tabler/icons-react';
import type { LocalRegistry } from '../../../contract/registry.ts';
import { useMirror } from '../../connection/mirror.ts';
import { openDialog } from '../../desk/dialogs.ts';
import { EmptyState } from '../../desk/EmptyState.tsx';
import { PageHead } from '../../desk/PageHead.tsx';
import { startRegistryFromFile } from '../../desk/start-registry-from-file.ts';
import { startTask } from '../../desk/start-task.ts';
import { Ring } from '../../ui/Ring.tsx';
import { RegistryPlaces } from './browse/RegistryPlaces.tsx';
import { LoginList } from './LoginList.tsx';
import { OtherRegistries } from './OtherRegistries.tsx';
import { RegistryCard } from './RegistryCard.tsx';
import { RegistryFailure } from './RegistryFailure.tsx';
import c from './RegistryPage.module.css';
import { summaryWords } from './registry-words.ts';
import { useRegistryTask } from './use-registry-task.ts';

/** The registry on this computer: start it, see what is in it, stop it. */
export function RegistryPage() {
  const registry = useMirror((mirror) => mirror.registry);
  return (
    <div className="page">
      <PageHead title="Registry" summary={summaryWords(registry)}>
        <Button leftSection={<IconCopy size={15} stroke={1.6} />} onClick={() => openDialog({ name: 'copy' })}>
          Copy an image…
        </Button>
      </PageHead>
      <div className={`scroll ${c.body}`}>
        <RegistryFailure />
        {'containerId' in registry ? <RegistryCard registry={registry} /> : <NoRegistry registry={registry} />}
        <OtherRegistries />
        <RegistryPlaces />
        <LoginList />
      </div>
    </div>
  );
}

function NoRegistry({ registry }: { registry: Extract<LocalRegistry, { state: 'unknown' | 'absent' }> }) {
  const hasEngine = useMirror((mirror) => mirror.engine.state === 'connected');
  if (!hasEngine) {
    return (
      <EmptyState title="A registry on this computer needs an engine">
        You can still copy images between other registries and files.
      </EmptyState>
    );
  }
  if (registry.state === 'unknown') return <div aria-busy className="grow" />;
  const { kept } = registry;
  return (
    <div data-starts-registry>
      <EmptyState title={kept ? 'The registry has no container' : 'No registry yet'} actions={<StartActs />}>
        {kept ? (
          <>
            The images you pushed to it are kept{keptIn(kept)}, and will be there when it starts again
            {kept.port === undefined ? '.' : `, at localhost:${kept.port} as before.`}
          </>
        ) : (
          <>
            A registry keeps images so that others can get them. This one runs as a container in your engine and answers on this computer
            only: good for trying out a push, or for passing images between projects. Without a network, drop a file with the image of a
            registry here.
          </>
        )}
      </EmptyState>
    </div>
  );
}

const keptIn = ({ folder, bucket }: { folder?: string | undefined; bucket?: string | undefined }): string =>
  folder === undefined ? (bucket === undefined ? '' : ` at ${bucket}`) : ` in ${folder}`;

function StartActs() {
  const busy = useRegistryTask();
  const isStarting = busy === 'start-registry';
  return (
    <>
      <Button
        variant="filled"
        disabled={busy !== undefined}
        leftSection={isStarting ? <Ring size={14} /> : <IconPlayerPlay size={15} stroke={1.7} />}
        onClick={() => void startTask({ kind: 'start-registry' })}
      >
        {isStarting ? 'Starting the registry' : 'Start the registry'}
      </Button>
      <Button disabled={busy !== undefined} onClick={() => openDialog({ name: 'registry-storage' })}>
        Choose its storage…
      </Button>
      <Button disabled={busy !== undefined} onClick={() => void startRegistryFromFile()}>
        From an image file…
      </Button>
    </>
  );
}
