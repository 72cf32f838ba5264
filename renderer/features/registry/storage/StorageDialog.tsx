import { Button, Radio } from '@mantine/core';
import { useState } from 'react';
import type { GrantedTarget } from '../../../../contract/file.ts';
import type { LocalRegistry } from '../../../../contract/registry.ts';
import type { TaskRequest } from '../../../../contract/task.ts';
import { client } from '../../../connection/client.ts';
import { useMirror } from '../../../connection/mirror.ts';
import { attempt } from '../../../desk/attempt.ts';
import dialogs from '../../../desk/dialogs.module.css';
import { closeDialog } from '../../../desk/dialogs.ts';
import { startTask } from '../../../desk/start-task.ts';
import { Dialog } from '../../../ui/Dialog.tsx';
import { useRegistrySize } from '../use-registry-size.ts';
import { FolderChoice } from './FolderChoice.tsx';
import { LeftBehind } from './LeftBehind.tsx';
import { S3Choice } from './S3Choice.tsx';
import { actWords, isInVolume, nowWords, spaceProblem } from './storage-words.ts';
import { useFolder } from './use-folder.ts';
import { useS3 } from './use-s3.ts';

type Kind = 'volume' | 'folder' | 's3';

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
  const [kind, setKind] = useState<Kind>('folder');
  const [chosen, setChosen] = useState<GrantedTarget>();
  const [takesAlong, setTakesAlong] = useState(true);
  const folder = useFolder(chosen);
  const s3 = useS3();
  // only what is on the engine's disk is copied, and only where no registry is
  const isEmptyFolder = folder.found !== undefined && folder.found.repositories === undefined;
  const mayTakeAlong = now !== undefined && now.storage.kind !== 'elsewhere' && isEmptyFolder && size !== 0;
  const takeAlong = kind === 'folder' && mayTakeAlong && takesAlong;
  const isVolumeNow = isInVolume(registry);
  const isReady = {
    volume: !isVolumeNow,
    folder: folder.found !== undefined && !(takeAlong && spaceProblem(size, folder.found.free) !== undefined),
    s3: s3.isComplete && !s3.isTrying,
  };
  const choose = async () => {
    const target = await attempt(() => client.localRegistry.chooseFolder());
    if (target) setChosen(target);
  };
  const close = () => {
    s3.giveUp();
    closeDialog();
  };
  const act = async () => {
    const to = kind === 's3' ? await s3Of(s3.tryIt) : kind === 'volume' ? { kind } : chosen && { kind, folder: chosen.grant, takeAlong };
    if (!to) return;
    closeDialog();
    void startTask({ kind: 'store-registry', to });
  };
  return (
    <Dialog
      title="Where the registry keeps its images"
      lead={now ? nowWords(now, size) : undefined}
      onClose={close}
      action={s3.isTrying ? 'Trying the storage' : actWords({ kind, takeAlong, size, isRunning: registry.state === 'running' })}
      disabled={!isReady[kind]}
      onAct={() => void act()}
      size={560}
      note={takeAlong ? 'The registry stops while its images are copied.' : undefined}
    >
      <Radio.Group label="Where" value={kind} onChange={(value) => setKind(value as Kind)}>
        <div className={dialogs.targets}>
          <Radio
            value="volume"
            label="In the engine’s volume"
            description={
              isVolumeNow
                ? 'As it does now. Nothing has to be looked after.'
                : 'With what was in it before. What is elsewhere now stays there.'
            }
          />
          <Radio
            value="folder"
            label="In a folder"
            description="On any disk of this computer: a team can carry it elsewhere, and start a registry there with the same images. Only one registry at a time may use it."
          />
          <Radio
            value="s3"
            label="In S3-compatible storage"
            description="In a bucket, which registries on other computers can use as well."
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
      {now && !isVolumeNow && <LeftBehind container={now.containerId} />}
      {kind === 's3' && <S3Choice {...s3} />}
    </Dialog>
  );
}

type NewStorage = Extract<TaskRequest, { kind: 'store-registry' }>['to'];

async function s3Of(tryIt: () => Promise<string | undefined>): Promise<NewStorage | undefined> {
  const s3 = await tryIt();
  return s3 === undefined ? undefined : { kind: 's3', s3 };
}
