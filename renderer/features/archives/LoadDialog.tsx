import { useState } from 'react';
import type { GrantedPath } from '../../../contract/file.ts';
import { useMirror } from '../../connection/mirror.ts';
import { closeDialog } from '../../desk/dialogs.ts';
import { startTasks } from '../../desk/start-task.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { count } from '../../ui/format.ts';
import { Notice } from '../../ui/Notice.tsx';
import { ArchiveCard } from './ArchiveCard.tsx';
import { addRecords } from './add-records.ts';
import c from './archive.module.css';
import { actionWords, type LoadChoice, noChoice, recordFiles, requestOf, waitsFor } from './load-choices.ts';
import { RefusedReasons } from './RefusedDialog.tsx';
import { usePreviews } from './use-previews.ts';

/** Tarballs that were dropped, opened or chosen: what is inside, and what loading them, or adding the builds in them, would do. */
export function LoadDialog({ files, refused }: { files: GrantedPath[]; refused: GrantedPath[] }) {
  const { lookOf, skip } = usePreviews(files);
  const [choices, setChoices] = useState<Record<string, LoadChoice>>({});
  const hasEngine = useMirror((mirror) => mirror.engine.state === 'connected');
  const all = files.map((file) => ({ file, look: lookOf(file), choice: choices[file.grant] ?? noChoice }));
  const waits = waitsFor(all, hasEngine);
  const act = () => {
    closeDialog();
    const requests = all.flatMap((looked) => requestOf(looked) ?? []);
    if (requests.length > 0) void startTasks(requests);
    void addRecords(recordFiles(all));
  };
  return (
    <Dialog
      title={files.length === 1 ? 'What is in this file' : `What is in these ${count(files.length, 'file')}`}
      lead="Nothing happens until you press the button."
      onClose={closeDialog}
      action={actionWords(all)}
      disabled={waits !== undefined}
      onAct={act}
      size={660}
      note={waits ?? (files.length === 1 ? 'The file itself stays where it is.' : 'The files themselves stay where they are.')}
    >
      <ul className={c.cards} aria-label="To load">
        {all.map((looked) => (
          <ArchiveCard
            key={looked.file.grant}
            looked={looked}
            onChange={(choice) => setChoices((before) => ({ ...before, [looked.file.grant]: choice }))}
            onSkip={() => skip(looked.file)}
          />
        ))}
      </ul>
      {refused.length > 0 && (
        <Notice tone="warn" title={`${count(refused.length, 'file')} can’t be loaded`}>
          <RefusedReasons files={refused} />
        </Notice>
      )}
    </Dialog>
  );
}
