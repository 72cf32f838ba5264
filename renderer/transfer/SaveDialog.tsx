import { useState } from 'react';
import { attempt } from '../connection/attempt.ts';
import { client } from '../connection/client.ts';
import { closeDialog } from '../connection/dialogs.ts';
import { startTask } from '../connection/start-task.ts';
import { Dialog } from '../ui/Dialog.tsx';
import { count } from '../ui/format.ts';
import { Notice } from '../ui/Notice.tsx';
import { shortId } from '../ui/short-id.ts';
import { ReferenceChoice } from './ReferenceChoice.tsx';
import { suggestFileName } from './suggest-file-name.ts';

const most = 500;

/** Chooses what goes into a file; where the file goes, the system's own dialog asks. */
export function SaveDialog({ references }: { references: string[] }) {
  const [chosen, setChosen] = useState(references.slice(0, most));
  // A second Enter must not open the system's dialog a second time.
  const [isAsking, setAsking] = useState(false);
  const act = () => {
    setAsking(true);
    void saveTo(chosen).finally(() => setAsking(false));
  };
  const [only] = references;
  return (
    <Dialog
      title="Save to a file"
      lead="Packs images into one file, to keep or to carry to another computer."
      onClose={closeDialog}
      action="Choose a place…"
      disabled={chosen.length === 0 || isAsking}
      onAct={act}
      note={chosen.length > 1 ? `${count(chosen.length, 'name')}; shared layers are packed once` : undefined}
    >
      {references.length === 1 && only?.startsWith('sha256:') ? (
        <Notice tone="quiet">The image {shortId(only)} has no name. It is saved by its id and has no name when it is loaded again.</Notice>
      ) : (
        <ReferenceChoice references={references.slice(0, most)} chosen={chosen} onChange={setChosen} />
      )}
      {references.length > most && (
        <Notice tone="warn">
          One file takes at most {most} names. The first {most} are listed.
        </Notice>
      )}
    </Dialog>
  );
}

async function saveTo(references: string[]): Promise<void> {
  const target = await attempt(() => client.files.chooseSaveTarget({ suggestedName: suggestFileName(references) }));
  if (!target) return;
  closeDialog();
  await startTask({ kind: 'save', references, target: target.grant });
}
