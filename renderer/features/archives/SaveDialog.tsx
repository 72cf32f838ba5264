import { Checkbox } from '@mantine/core';
import { useState } from 'react';
import { client } from '../../connection/client.ts';
import { attempt } from '../../desk/attempt.ts';
import { closeDialog } from '../../desk/dialogs.ts';
import { useEngineScope, useImagesHere } from '../../desk/engine-scope.ts';
import { ReceiptOffer } from '../../desk/ReceiptOffer.tsx';
import { ReferenceChoice } from '../../desk/ReferenceChoice.tsx';
import { startTask } from '../../desk/start-task.ts';
import { type SavePacking, suggestFileName } from '../../desk/suggest-file-name.ts';
import { useReferenceTargets } from '../../desk/use-reference-targets.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { bytes, capitalised, count, shortId } from '../../ui/format.ts';
import { Notice } from '../../ui/Notice.tsx';
import { estimateSave } from './estimate-save.ts';
import { PackingChoice } from './PackingChoice.tsx';
import { countImages, pickNamesForFile } from './pick-names-for-file.ts';
import { Suitcase } from './suitcase/Suitcase.tsx';
import { forPerson, madeForWords } from './suitcase/suitcase-words.ts';
import { useSuitcase } from './suitcase/use-suitcase.ts';

/** Chooses what goes into a file and how it is packed; the system's own dialog then asks where the file goes. */
export function SaveDialog({ references }: { references: string[] }) {
  const at = useEngineScope();
  const imageOf = useReferenceTargets();
  const [offered] = useState(() => pickNamesForFile(references, imageOf));
  const [chosen, setChosen] = useState(offered);
  const [packing, setPacking] = useState<SavePacking>('plain');
  const [checksum, setChecksum] = useState(false);
  // a second Enter must not open the system's dialog twice
  const [isAsking, setAsking] = useState(false);
  const suitcase = useSuitcase(offered, chosen);
  const { receipt, forecast } = suitcase;
  const act = () => {
    setAsking(true);
    const plain = suggestFileName(chosen, packing, countImages(chosen, imageOf));
    const suggestedName = forecast ? forPerson(forecast.receipt.name, packing) : plain;
    void saveTo({ references: chosen, checksum, at, receipt: receipt?.grant }, suggestedName).finally(() => setAsking(false));
  };
  return (
    <Dialog
      title={receipt ? 'Save for another computer' : 'Save to a file'}
      lead={
        receipt
          ? 'Only what that computer lacks goes into the file; there, it is put together with the rest.'
          : 'Packs images into one file, to keep or to carry to another computer.'
      }
      onClose={closeDialog}
      action={forecast?.packed.bytes ? `Save ${bytes(forecast.packed.bytes)}…` : 'Choose a place…'}
      disabled={chosen.length === 0 || isAsking || (receipt !== undefined && !forecast)}
      onAct={act}
      size={receipt ? 660 : 520}
      note={forecast ? madeForWords(forecast.receipt) : <Estimate references={chosen} packing={packing} />}
    >
      {receipt ? (
        <Suitcase {...suitcase} chosen={chosen} onChange={setChosen} />
      ) : (
        <What references={offered} chosen={chosen} onChange={setChosen} />
      )}
      {!receipt && <ReceiptOffer />}
      <LeftOut references={references} offered={offered} />
      <PackingChoice value={packing} onChange={setPacking} />
      <Checkbox
        label="Write a SHA-256 file beside it"
        description="With it, anyone can check that the file arrived whole."
        checked={checksum}
        onChange={(event) => setChecksum(event.currentTarget.checked)}
      />
    </Dialog>
  );
}

function What({ references, chosen, onChange }: { references: string[]; chosen: string[]; onChange(chosen: string[]): void }) {
  const [only] = references;
  if (references.length === 1 && only?.startsWith('sha256:')) {
    return (
      <Notice tone="quiet">
        The image {shortId(only)} has no name. It is saved by its id, and will have no name when it is loaded again.
      </Notice>
    );
  }
  return <ReferenceChoice references={references} chosen={chosen} onChange={onChange} />;
}

/** What was asked for but won’t be in the file: names only, or whole images. */
function LeftOut({ references, offered }: { references: string[]; offered: string[] }) {
  const imageOf = useReferenceTargets();
  if (offered.length === references.length) return null;
  const names = count(references.length - offered.length, 'name');
  const images = countImages(references, imageOf) - countImages(offered, imageOf);
  return (
    <Notice
      tone="warn"
      title={`One file can’t hold that many names: ${names} ${references.length - offered.length === 1 ? 'is' : 'are'} left out`}
    >
      {images > 0
        ? `${count(images, 'image')} wouldn’t be in it. Save them to a second file.`
        : 'Every image is in it, under its other names.'}
    </Notice>
  );
}

function Estimate({ references, packing }: { references: string[]; packing: SavePacking }) {
  const images = useImagesHere()?.images;
  const estimate = images && references.length > 0 ? estimateSave(references, images) : undefined;
  if (!estimate) return null;
  const size = `${estimate.atMost ? 'at most' : 'about'} ${bytes(estimate.size)}`;
  const what = estimate.images > 1 ? `${count(estimate.images, 'image')}, ${size}` : capitalised(size);
  return [what, estimate.atMost ? ': shared layers are packed once' : '', packing === 'plain' ? '' : ', less once packed'].join('');
}

type Wanted = { references: string[]; checksum: boolean; at: string | undefined; receipt: string | undefined };

async function saveTo({ references, checksum, at, receipt }: Wanted, suggestedName: string): Promise<void> {
  const target = await attempt(() => client.files.chooseSaveTarget({ suggestedName }));
  if (!target) return;
  closeDialog();
  await startTask({ kind: 'save', references, target: target.grant, ...(checksum && { checksum }), ...(receipt && { receipt }) }, at);
}
