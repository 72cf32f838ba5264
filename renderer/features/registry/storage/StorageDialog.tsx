import { Button, Radio } from '@mantine/core';
import { useState } from 'react';
import type { GrantedTarget } from '../../../../contract/file.ts';
import type { LocalRegistry, RegistryContainer } from '../../../../contract/registry.ts';
import { client } from '../../../connection/client.ts';
import { useMirror } from '../../../connection/mirror.ts';
import { attempt } from '../../../desk/attempt.ts';
import dialogs from '../../../desk/dialogs.module.css';
import { closeDialog } from '../../../desk/dialogs.ts';
import { startTask } from '../../../desk/start-task.ts';
import { Dialog } from '../../../ui/Dialog.tsx';
import { bytes } from '../../../ui/format.ts';
import { storageWords } from '../registry-words.ts';
import { useRegistrySize } from '../use-registry-size.ts';
import { FolderChoice } from './FolderChoice.tsx';
import { spaceProblem } from './storage-words.ts';
import { useFolder } from './use-folder.ts';

/** Asks where the own registry shall keep its images, and says before what becomes of those that it has. */
export function StorageDialog() {
  const registry = useMirror((mirror) => mirror.registry);
  return 'containerId' in registry ? <Measured registry={registry} /> : <Choice registry={registry} size={undefined} />;
}

const Measured = ({ registry }: { registry: Extract<LocalRegistry, { containerId: string }> }) => (
  <Choice registry={registry} size={useRegistrySize(registry)} />
);

function Choice({ registry, size }: { registry: LocalRegistry; size: number | null | undefined }) {
  const now = 'storage' in registry ? registry : undefined;
  const [kind, setKind] = useState<'volume' | 'folder'>('folder');
  const [chosen, setChosen] = useState<GrantedTarget>();
  const [takesAlong, setTakesAlong] = useState(true);
  const folder = useFolder(chosen);
  const mayTakeAlong = now !== undefined && folder.found !== undefined && folder.found.repositories === undefined && size !== 0;
  const takeAlong = mayTakeAlong && takesAlong;
  const choose = async () => {
    const target = await attempt(() => client.localRegistry.chooseFolder());
    if (target) setChosen(target);
  };
  const isVolumeNow = isInVolume(registry);
  const act = () => {
    closeDialog();
    if (kind === 'volume') void startTask({ kind: 'store-registry', to: { kind: 'volume' } });
    else if (chosen) void startTask({ kind: 'store-registry', to: { kind: 'folder', folder: chosen.grant, takeAlong } });
  };
  const then = registry.state === 'running' ? 'restart' : 'start';
  return (
    <Dialog
      title="Where the registry keeps its images"
      lead={now ? nowWords(now, size) : undefined}
      onClose={closeDialog}
      action={
        kind === 'volume' ? `Use the volume and ${then}` : takeAlong ? `${copyWords(size)} and ${then}` : `Use the folder and ${then}`
      }
      disabled={kind === 'volume' ? isVolumeNow : !folder.found || (takeAlong && spaceProblem(size, folder.found.free) !== undefined)}
      onAct={act}
      size={560}
      note={kind === 'folder' && takeAlong ? 'The registry stops while its images are copied.' : undefined}
    >
      <Radio.Group label="Where" value={kind} onChange={(value) => setKind(value === 'volume' ? 'volume' : 'folder')}>
        <div className={dialogs.targets}>
          <Radio
            value="volume"
            label="In the engine’s volume"
            description={
              isVolumeNow
                ? 'As it does now. Nothing has to be looked after.'
                : 'With what was in it before. What is in the folder stays there.'
            }
          />
          <Radio
            value="folder"
            label="In a folder"
            description="On any disk of this computer: a team can carry it elsewhere, and start a registry there with the same images. Only one registry at a time may use it."
          />
        </div>
      </Radio.Group>
      {kind === 'folder' && (
        <>
          <Button className={dialogs.start} onClick={() => void choose()}>
            {chosen ? 'Choose another folder…' : 'Choose a folder…'}
          </Button>
          <FolderChoice
            {...folder}
            size={size}
            takesAlong={mayTakeAlong ? takesAlong : undefined}
            onTakesAlong={setTakesAlong}
            hasLogin={now?.hasLogin ?? false}
          />
        </>
      )}
    </Dialog>
  );
}

function isInVolume(registry: LocalRegistry): boolean {
  if (registry.state === 'absent') return registry.kept?.folder === undefined;
  return 'storage' in registry && registry.storage.kind === 'volume';
}

const nowWords = ({ storage }: RegistryContainer, size: number | null | undefined): string =>
  `Now ${storageWords(storage).replace(/^I/, 'i')}${typeof size === 'number' ? `, ${bytes(size)}` : ''}.`;

const copyWords = (size: number | null | undefined): string => (typeof size === 'number' ? `Copy ${bytes(size)}` : 'Copy its images');
