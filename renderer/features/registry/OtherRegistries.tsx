import { Button } from '@mantine/core';
import type { OtherRegistry } from '../../../contract/registry.ts';
import { client } from '../../connection/client.ts';
import { useMirror } from '../../connection/mirror.ts';
import { attempt } from '../../desk/attempt.ts';
import { copyText } from '../../desk/copy-text.ts';
import { formatRoute } from '../../desk/navigation.ts';
import { Chip } from '../../ui/Chip.tsx';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { Warning } from '../../ui/Warning.tsx';
import c from './RegistryPage.module.css';
import { inOrder, makerWords } from './registry-words.ts';

/** Registries of other makers on this engine. Nothing of them changes unless one is chosen. */
export function OtherRegistries() {
  const others = useMirror((mirror) => mirror.otherRegistries);
  if (others.length === 0) return null;
  return (
    <section className={c.logins} aria-label="Other registries on this computer">
      <div className={c.repositoryHead}>
        <h2 className="h3 grow">Other registries on this computer</h2>
      </div>
      <ul>
        {inOrder(others).map((registry) => (
          <OtherRow key={registry.containerId} registry={registry} />
        ))}
      </ul>
    </section>
  );
}

function OtherRow({
  registry: { containerId, name, address, maker, image, isRunning, isOpen, hasLogin, cacheOf },
}: {
  registry: OtherRegistry;
}) {
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
          {cacheOf === undefined ? makerWords(maker) : `A cache of ${cacheOf}, which takes no pushes`} · {image}
        </p>
        {isOpen && <Warning>Other computers in the network can reach it{hasLogin ? '' : ' without a sign-in'}</Warning>}
      </div>
      {isRunning && address && (
        <Button size="xs" component="a" href={formatRoute({ page: 'browse', registry: address })} aria-label={`Look into it: ${name}`}>
          Look into it
        </Button>
      )}
      {cacheOf === undefined && (
        <Button size="xs" onClick={adopt} aria-label={`Use as my registry: ${name}`}>
          Use as my registry
        </Button>
      )}
    </li>
  );
}
