import { Radio } from '@mantine/core';
import { useState } from 'react';
import type { LocalRegistry } from '../../../contract/registry.ts';
import { useMirror } from '../../connection/mirror.ts';
import targets from '../../desk/dialogs.module.css';
import { closeDialog } from '../../desk/dialogs.ts';
import { startTask } from '../../desk/start-task.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { bytes, count } from '../../ui/format.ts';
import { useRepositories } from './browse/use-browse.ts';
import { fateWords, mayChooseImages, storageWords } from './registry-words.ts';
import { useRegistrySize } from './use-registry-size.ts';

type Props = { container: string };

/** Removes the registry, and says before what becomes of its images. */
export function RemoveRegistryDialog({ container }: Props) {
  const registry = useMirror((mirror) => mirror.registry);
  if (!('containerId' in registry) || registry.containerId !== container) {
    return (
      <Dialog title="The registry is gone" onClose={closeDialog}>
        <p className="t2">It was removed in the meantime.</p>
      </Dialog>
    );
  }
  return <Choice registry={registry} />;
}

function Choice({ registry }: { registry: Extract<LocalRegistry, { containerId: string }> }) {
  const [withImages, setWithImages] = useState(false);
  const { name, containerId, storage } = registry;
  const mayChoose = mayChooseImages(storage);
  const goes = withImages || storage.kind === 'container';
  const act = () => {
    closeDialog();
    void startTask({ kind: 'remove-registry', container: containerId, withImages });
  };
  return (
    <Dialog
      title={`Remove the registry ${name}?`}
      lead={registry.maker === 'layerdeck' ? undefined : 'Layerdeck didn’t make it: whatever else uses it has no registry then.'}
      onClose={closeDialog}
      action={goes ? 'Remove the registry and its images' : 'Remove the registry'}
      onAct={act}
      destructive
      cancel="Keep"
    >
      {mayChoose ? (
        <Radio.Group label="Its images" value={withImages ? 'remove' : 'keep'} onChange={(value) => setWithImages(value === 'remove')}>
          <div className={targets.targets}>
            <Radio value="keep" label="Keep the images" description={keptWords(registry)} />
            <Radio value="remove" label="Remove its images as well" description={<Lost registry={registry} />} />
          </div>
        </Radio.Group>
      ) : (
        <p className="t2">{fateWords(storage)}</p>
      )}
    </Dialog>
  );
}

const keptWords = ({ storage, maker }: Extract<LocalRegistry, { containerId: string }>): string =>
  `${storageWords(storage)}.${maker === 'layerdeck' ? ' They’re there again when you start the registry, under the same address.' : ''}`;

/** What would be lost. */
const Lost = ({ registry }: { registry: Extract<LocalRegistry, { containerId: string }> }) => {
  const size = useRegistrySize(registry);
  return (
    <>
      {registry.state === 'running' && <Repositories address={registry.address} />}
      {size === undefined ? 'Its size is being measured' : size === null ? 'Its size is unknown' : bytes(size)}. Nothing brings them back,
      unless an engine or another registry has them.
    </>
  );
};

function Repositories({ address }: { address: string }) {
  const { value, isReading, failure } = useRepositories(address);
  if (isReading || failure || value.unlisted) return null;
  return `${count(value.names.length, 'repository', 'repositories')}, `;
}
