import { Checkbox } from '@mantine/core';
import { useState } from 'react';
import { attempt } from '../connection/attempt.ts';
import { client } from '../connection/client.ts';
import { closeDialog } from '../connection/dialogs.ts';
import { useMirror } from '../connection/mirror.ts';
import { startTask } from '../connection/start-task.ts';
import { Dialog } from '../ui/Dialog.tsx';
import { bytes, count } from '../ui/format.ts';
import { Notice } from '../ui/Notice.tsx';
import { shortId } from '../ui/short-id.ts';
import { estimateSave } from './archive/estimate-save.ts';
import { PackingChoice } from './archive/PackingChoice.tsx';
import c from './dialogs.module.css';
import { ReferenceChoice } from './ReferenceChoice.tsx';
import { type SavePacking, suggestFileName } from './suggest-file-name.ts';

const most = 500;

/** Chooses what goes into a file and how it is packed; where the file goes, the system's own dialog asks. */
export function SaveDialog({ references }: { references: string[] }) {
  const [chosen, setChosen] = useState(references.slice(0, most));
  const [packing, setPacking] = useState<SavePacking>('plain');
  const [checksum, setChecksum] = useState(false);
  // A second Enter must not open the system's dialog a second time.
  const [isAsking, setAsking] = useState(false);
  const act = () => {
    setAsking(true);
    void saveTo(chosen, packing, checksum).finally(() => setAsking(false));
  };
  return (
    <Dialog
      title="Save to a file"
      lead="Packs images into one file, to keep or to carry to another computer."
      onClose={closeDialog}
      action="Choose a place…"
      disabled={chosen.length === 0 || isAsking}
      onAct={act}
      note={<Estimate references={chosen} packing={packing} />}
    >
      <What references={references} chosen={chosen} onChange={setChosen} />
      <PackingChoice value={packing} onChange={setPacking} />
      <Checkbox
        label="Write a SHA-256 file beside it"
        description="With it anybody can check that the file has arrived whole."
        checked={checksum}
        onChange={(event) => setChecksum(event.currentTarget.checked)}
        classNames={{ description: c.described }}
      />
    </Dialog>
  );
}

function What({ references, chosen, onChange }: { references: string[]; chosen: string[]; onChange(chosen: string[]): void }) {
  const [only] = references;
  if (references.length === 1 && only?.startsWith('sha256:')) {
    return (
      <Notice tone="quiet">The image {shortId(only)} has no name. It is saved by its id and has no name when it is loaded again.</Notice>
    );
  }
  return (
    <>
      <ReferenceChoice references={references.slice(0, most)} chosen={chosen} onChange={onChange} />
      {references.length > most && (
        <Notice tone="warn">
          One file takes at most {most} names. The first {most} are listed.
        </Notice>
      )}
    </>
  );
}

function Estimate({ references, packing }: { references: string[]; packing: SavePacking }) {
  const images = useMirror((mirror) => mirror.images?.images);
  const estimate = images && references.length > 0 ? estimateSave(references, images) : undefined;
  if (!estimate) return null;
  const size = `${estimate.atMost ? 'at most' : 'about'} ${bytes(estimate.size)}`;
  const what = estimate.images > 1 ? `${count(estimate.images, 'image')}, ${size}` : `${size.slice(0, 1).toUpperCase()}${size.slice(1)}`;
  return [what, estimate.atMost ? ': shared layers are packed once' : '', packing === 'plain' ? '' : ', less once packed'].join('');
}

async function saveTo(references: string[], packing: SavePacking, checksum: boolean): Promise<void> {
  const target = await attempt(() => client.files.chooseSaveTarget({ suggestedName: suggestFileName(references, packing) }));
  if (!target) return;
  closeDialog();
  await startTask({ kind: 'save', references, target: target.grant, ...(checksum && { checksum }) });
}
