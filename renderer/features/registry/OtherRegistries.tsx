import { Button } from '@mantine/core';
import type { OtherRegistry } from '../../../contract/registry.ts';
import { client } from '../../connection/client.ts';
import { useMirror } from '../../connection/mirror.ts';
import { attempt } from '../../desk/attempt.ts';
import { copyText } from '../../desk/copy-text.ts';
import { openDialog } from '../../desk/dialogs.ts';
import { formatRoute } from '../../desk/navigation.ts';
import { Chip } from '../../ui/Chip.tsx';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { Warning } from '../../ui/Warning.tsx';
import { CacheActs } from './CacheActs.tsx';
import c from './RegistryPage.module.css';
import { inOrder, throughWords, whatItIs } from './registry-words.ts';
import { useCacheTask } from './use-registry-task.ts';

/** Registries of other makers on this engine, of which nothing changes unless one is chosen, and Layerdeck's caches. */
export function OtherRegistries() {
  const others = useMirror((mirror) => mirror.otherRegistries);
  const hasEngine = useMirror((mirror) => mirror.engine.state === 'connected');
  const isStarting = useCacheTask() === 'start-cache';
  if (!hasEngine) return null;
  return (
    <section className={c.logins} aria-label="Other registries on this computer">
      <div className={c.repositoryHead}>
        <h2 className="h3 grow">Other registries on this computer</h2>
        <Button size="xs" disabled={isStarting} onClick={() => openDialog({ name: 'add-cache' })}>
          {isStarting ? 'Starting a cache' : 'Add a cache…'}
        </Button>
      </div>
      {others.length === 0 && (
        <p className={`t2 ${c.loginRow}`}>None is here. A cache would keep what you get from another registry, for the next time.</p>
      )}
      <ul>
        {inOrder(others).map((registry) => (
          <OtherRow key={registry.containerId} registry={registry} />
        ))}
      </ul>
    </section>
  );
}

function OtherRow({ registry }: { registry: OtherRegistry }) {
  const { containerId, name, address, image, isRunning, isOpen, hasLogin, cacheOf } = registry;
  const through = throughWords(registry);
  const adopt = () => void attempt(() => client.localRegistry.adopt({ container: containerId }));
  return (
    <li className={c.loginRow} aria-label={name}>
      <div className="grow">
        <p className="row">
          <span className="strong">{name}</span>
          {address && (
            <CopyButton label={`Copy ${address}`} copy={() => copyText(address)}>
              <span className="mono">{address}</span>
            </CopyButton>
          )}
          {!isRunning && <Chip>Stopped</Chip>}
        </p>
        <p className="sm t2">
          {whatItIs(registry)} · {image}
        </p>
        {through && <p className="sm t2">{through}</p>}
        {isOpen && <Warning>Other computers in the network can reach it{hasLogin ? '' : ' without a sign-in'}</Warning>}
      </div>
      {isRunning && address && (
        <Button size="xs" component="a" href={formatRoute({ page: 'browse', registry: address })} aria-label={`Look into it: ${name}`}>
          Look into it
        </Button>
      )}
      {cacheOf === undefined ? (
        <Button size="xs" onClick={adopt} aria-label={`Use as my registry: ${name}`}>
          Use as my registry
        </Button>
      ) : (
        <CacheActs cache={registry} />
      )}
    </li>
  );
}
