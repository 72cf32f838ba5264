import { Button } from '@mantine/core';
import { IconPlayerPlay, IconPlayerStop, IconRefresh } from '@tabler/icons-react';
import { useState } from 'react';
import type { LocalRegistry } from '../../../contract/registry.ts';
import type { TaskRequest } from '../../../contract/task.ts';
import { client } from '../../connection/client.ts';
import { useAsked } from '../../connection/use-asked.ts';
import { copyText } from '../../desk/copy-text.ts';
import { formatRoute } from '../../desk/navigation.ts';
import { startTask } from '../../desk/start-task.ts';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { Facts } from '../../ui/Facts.tsx';
import { ago, bytes } from '../../ui/format.ts';
import { Ring } from '../../ui/Ring.tsx';
import { useNow } from '../../ui/use-now.ts';
import { Warning } from '../../ui/Warning.tsx';
import { CollectedNote } from './CollectedNote.tsx';
import { RegistryLog } from './RegistryLog.tsx';
import { RegistryMenu } from './RegistryMenu.tsx';
import c from './RegistryPage.module.css';
import { encryptionWords, isOfCluster, makerWords, reachWords, restartWords, stoppedWords, storageWords } from './registry-words.ts';
import { StorageNote } from './storage/StorageNote.tsx';
import { useRegistrySize } from './use-registry-size.ts';
import { useRegistryTask } from './use-registry-task.ts';

type Registry = Extract<LocalRegistry, { containerId: string }>;

const icon = { size: 15, stroke: 1.6, 'aria-hidden': true };

/** The registry that is used: where it answers, what it is, and its life. */
export function RegistryCard({ registry }: { registry: Registry }) {
  const [showsLog, setShowsLog] = useState(false);
  const isRunning = registry.state === 'running';
  return (
    <section className={c.state} aria-label="Registry state">
      <div className={c.stateHead}>
        <span className={c.dot} data-off={!isRunning || undefined} />
        <div className={c.stateWords}>{isRunning ? <RunningWords registry={registry} /> : <StoppedWords registry={registry} />}</div>
        <Acts registry={registry} />
      </div>
      <RegistryFacts registry={registry} />
      <StorageNote />
      <CollectedNote />
      <div className={c.logLine}>
        <Button size="compact-sm" variant="subtle" aria-expanded={showsLog} onClick={() => setShowsLog(!showsLog)}>
          {showsLog ? 'Hide the log' : 'Show the log'}
        </Button>
      </div>
      {showsLog && <RegistryLog registry={registry} />}
    </section>
  );
}

function RunningWords({ registry: { address, alias, startedAt } }: { registry: Extract<Registry, { state: 'running' }> }) {
  const now = useNow(30_000);
  return (
    <>
      <h2 className="h3">
        Running at{' '}
        <CopyButton label={`Copy ${address}`} copy={() => copyText(address)}>
          <span className="mono">{address}</span>
        </CopyButton>
        {alias !== undefined && (
          <>
            {' '}
            and{' '}
            <CopyButton label={`Copy ${alias}`} copy={() => copyText(alias)}>
              <span className="mono">{alias}</span>
            </CopyButton>
          </>
        )}
      </h2>
      <p className="sm t2 num">
        Started {ago(startedAt, now)} · names that begin with {alias === undefined ? 'this address' : 'one of these'} go here
      </p>
    </>
  );
}

function StoppedWords({ registry: { trouble, address } }: { registry: Extract<Registry, { state: 'stopped' }> }) {
  const { title, detail } = stoppedWords(trouble, address);
  return (
    <>
      <h2 className="h3">{title}</h2>
      <p className="sm t2">{detail}</p>
    </>
  );
}

function Acts({ registry }: { registry: Registry }) {
  const busy = useRegistryTask();
  const act = (request: TaskRequest) => () => void startTask(request);
  const label = (kind: TaskRequest['kind'], now: string, otherwise: string) => (busy === kind ? now : otherwise);
  if (isOfCluster(registry)) return <RegistryMenu registry={registry} />;
  return (
    <div className={c.acts}>
      {registry.state === 'running' || registry.trouble === 'silent' ? (
        <>
          {registry.state === 'running' && (
            <Button
              component="a"
              href={formatRoute({ page: 'browse', registry: registry.address })}
              aria-label="Look into it: the registry"
            >
              Look into it
            </Button>
          )}
          <Button
            disabled={busy !== undefined}
            leftSection={<IconRefresh {...icon} />}
            aria-label="Restart the registry"
            onClick={act({ kind: 'restart-registry' })}
          >
            {label('restart-registry', 'Restarting', 'Restart')}
          </Button>
          <Button
            disabled={busy !== undefined}
            leftSection={<IconPlayerStop {...icon} />}
            aria-label="Stop the registry"
            onClick={act({ kind: 'stop-registry' })}
          >
            {label('stop-registry', 'Stopping', 'Stop')}
          </Button>
        </>
      ) : (
        <Button
          variant="filled"
          disabled={busy !== undefined}
          leftSection={busy === 'start-registry' ? <Ring size={14} /> : <IconPlayerPlay {...icon} />}
          onClick={act({ kind: 'start-registry' })}
        >
          {label('start-registry', 'Starting the registry', 'Start the registry')}
        </Button>
      )}
      <RegistryMenu registry={registry} />
    </div>
  );
}

function RegistryFacts({ registry }: { registry: Registry }) {
  const { containerId, name, image, restarts, storage, maker, isOpen, hasLogin } = registry;
  const since = registry.state === 'running' ? registry.startedAt : undefined;
  const { answer } = useAsked(containerId, (signal) => client.localRegistry.version(undefined, { signal }), { since });
  return (
    <div className={c.facts}>
      <Facts
        rows={[
          { name: 'Container', value: maker === 'layerdeck' ? name : `${name} · ${makerWords(maker)}` },
          { name: 'Made from', value: `${image}${answer?.version ? `, version ${answer.version}` : ''}` },
          { name: 'Images', value: <Holds registry={registry} words={storageWords(storage)} /> },
          { name: 'Starts', value: restartWords(restarts) },
          { name: 'Reached', value: isOpen ? <Warning>{reachWords(registry)}</Warning> : reachWords(registry) },
          { name: 'Encrypted', value: encryptionWords(registry) },
          { name: 'Sign-in', value: hasLogin ? 'Everybody has to sign in' : 'Nobody has to sign in' },
        ]}
      />
    </div>
  );
}

/** How much it holds, once the engine has added it up. */
function Holds({ registry, words }: { registry: Registry; words: string }) {
  const size = useRegistrySize(registry);
  if (registry.storage.kind !== 'volume' && registry.storage.kind !== 'folder') return words;
  return `${words}, ${size === undefined ? 'being measured' : size === null ? 'size unknown' : bytes(size)}`;
}
