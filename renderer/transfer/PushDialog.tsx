import { Button, Radio } from '@mantine/core';
import { useState } from 'react';
import { isReference, nameAt } from '../../contract/reference.ts';
import { closeDialog } from '../connection/dialogs.ts';
import { registryOf } from '../connection/image-name.ts';
import { useMirror } from '../connection/mirror.ts';
import { startTask } from '../connection/start-task.ts';
import { isRunning } from '../connection/use-task.ts';
import { Dialog } from '../ui/Dialog.tsx';
import { count, listed } from '../ui/format.ts';
import { Notice } from '../ui/Notice.tsx';
import c from './dialogs.module.css';
import { ReferenceChoice } from './ReferenceChoice.tsx';
import { registryName } from './transfer-words.ts';

type Target = 'own-registry' | 'local-registry';

/** Publishes names, and says exactly where each goes before it does. */
export function PushDialog({ references }: { references: string[] }) {
  const [chosen, setChosen] = useState<string[]>(() => references.slice(0, 1));
  const [to, setTo] = useState<Target>('own-registry');
  const registry = useMirror((mirror) => mirror.registry);
  const act = () => {
    closeDialog();
    void startTask({ kind: 'push', references: chosen, to });
  };
  return (
    <Dialog
      title="Push"
      lead="Sends an image to a registry, from where others can get it. Layers that are there already are not sent again."
      onClose={closeDialog}
      action={chosen.length > 1 ? `Push ${count(chosen.length, 'name')}` : 'Push'}
      disabled={chosen.length === 0}
      onAct={act}
    >
      <ReferenceChoice references={references} chosen={chosen} onChange={setChosen} />
      <Radio.Group label="Where to" value={to} onChange={(value) => setTo(value as Target)} classNames={{ label: c.label }}>
        <div className={c.targets}>
          <Radio value="own-registry" size="xs" label={ownLabel(chosen)} description="The registry that the name begins with" />
          <Radio
            value="local-registry"
            size="xs"
            label="The registry on this computer"
            disabled={registry.state !== 'running'}
            description={registry.state === 'running' ? localNames(chosen, registry.address) : 'It is not running.'}
          />
          {registry.state !== 'running' && <StartRegistry />}
        </div>
      </Radio.Group>
      {to === 'own-registry' && chosen.some(needsAccount) && (
        <Notice tone="quiet">
          A name without a “/” belongs to Docker’s own images on Docker Hub. To publish there, add a tag such as your-name/app first.
        </Notice>
      )}
    </Dialog>
  );
}

/** One click away; the choice above opens when it answers. */
function StartRegistry() {
  const isStarting = useMirror((mirror) => mirror.tasks.some((task) => task.kind === 'start-registry' && isRunning(task)));
  return (
    <Button size="xs" className={c.start} disabled={isStarting} onClick={() => void startTask({ kind: 'start-registry' })}>
      {isStarting ? 'Starting the registry' : 'Start the registry'}
    </Button>
  );
}

const needsAccount = (reference: string): boolean => registryOf(reference) === 'docker.io' && !reference.includes('/');

const ownLabel = (chosen: string[]): string =>
  chosen.length === 0 ? 'Its own registry' : listed([...new Set(chosen.map(registryOf))].map(registryName));

const localNames = (chosen: string[], address: string): string => {
  const names = chosen.filter(isReference).map((reference) => nameAt(address, reference));
  return names.length === 0 ? `At ${address}` : `As ${listed(names.slice(0, 3))}${names.length > 3 ? ` and ${names.length - 3} more` : ''}`;
};
