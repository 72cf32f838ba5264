import { Checkbox } from '@mantine/core';
import { useState } from 'react';
import type { CollectionPart } from '../../../contract/registry-collection.ts';
import { client } from '../../connection/client.ts';
import { useStream } from '../../connection/use-stream.ts';
import { closeDialog } from '../../desk/dialogs.ts';
import { startTask } from '../../desk/start-task.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { FailureNote } from '../../ui/FailureNote.tsx';
import { bytes, count } from '../../ui/format.ts';
import { Notice } from '../../ui/Notice.tsx';
import { Ring } from '../../ui/Ring.tsx';
import { leftWords } from './registry-words.ts';

type Found = Extract<CollectionPart, { kind: 'found' }>;

/** Frees what nothing in the registry needs, and says before what that is. */
export function CollectDialog({ container }: { container: string }) {
  const [withUntagged, setWithUntagged] = useState(true);
  const { value, failure } = useStream<CollectionPart, CollectionPart | undefined>(container, {
    open: (signal) => client.localRegistry.previewCollection({ container }, { signal }),
    empty: undefined,
    add: (_, part) => part,
  });
  const found = value?.kind === 'found' ? value : undefined;
  const free = found ? found.unused.bytes + (withUntagged ? found.untagged.bytes : 0) : 0;
  const hasAny = found !== undefined && (found.unused.blobs > 0 || (withUntagged && found.untagged.images > 0));
  const act = () => {
    closeDialog();
    void startTask({ kind: 'collect-registry', container, withUntagged });
  };
  return (
    <Dialog
      title="Free space in the registry"
      lead="A removed tag frees nothing by itself: the files stay until they are collected."
      onClose={closeDialog}
      action={hasAny ? `Free ${bytes(free)}` : undefined}
      onAct={act}
      destructive
    >
      {failure && <FailureNote failure={failure} />}
      {!found && !failure && (
        <p className="row t2" role="status">
          <Ring />{' '}
          {value?.kind === 'reading'
            ? `Looked at ${value.done} of ${count(value.total, 'repository', 'repositories')}`
            : 'Looking at what is there'}
        </p>
      )}
      {found && <Finding found={found} withUntagged={withUntagged} onUntagged={setWithUntagged} />}
    </Dialog>
  );
}

type FindingProps = { found: Found; withUntagged: boolean; onUntagged(withUntagged: boolean): void };

function Finding({ found: { unused, untagged, kept, unreadable }, withUntagged, onUntagged }: FindingProps) {
  return (
    <>
      <p>
        {unused.blobs === 0 ? 'No file is unused.' : `${count(unused.blobs, 'file')} that no image needs any more: ${bytes(unused.bytes)}.`}
      </p>
      {untagged.images > 0 && (
        <Checkbox
          checked={withUntagged}
          onChange={(event) => onUntagged(event.currentTarget.checked)}
          label={`Also ${count(untagged.images, 'image')} that no tag leads to: ${bytes(untagged.bytes)}`}
          description="Who knows one by its digest can’t get it any more. Images that belong to a list, and signatures of what stays, are not among them."
        />
      )}
      {unreadable > 0 && (
        <Notice tone="warn" title={`${count(unreadable, 'image')} can’t be read`}>
          What may belong to them stays, too.
        </Notice>
      )}
      <p className="t2">
        {leftWords(kept + (withUntagged ? 0 : untagged.images))} The registry stops for as long as it takes, and starts again by itself.
      </p>
    </>
  );
}
