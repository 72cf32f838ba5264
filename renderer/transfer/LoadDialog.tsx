import type { GrantedPath } from '../../contract/file.ts';
import { closeDialog } from '../connection/dialogs.ts';
import { startTasks } from '../connection/start-task.ts';
import { Dialog } from '../ui/Dialog.tsx';
import { count } from '../ui/format.ts';
import { Notice } from '../ui/Notice.tsx';
import { FileList } from './FileList.tsx';

/** Image files that were dropped, opened or chosen. Nothing is loaded before the button is pressed. */
export function LoadDialog({ files, refused }: { files: GrantedPath[]; refused: GrantedPath[] }) {
  const act = () => {
    closeDialog();
    void startTasks(files.map(({ grant }) => ({ kind: 'load', archive: grant })));
  };
  return (
    <Dialog
      title={files.length === 1 ? 'Load an image file' : 'Load image files'}
      lead="Puts the images in the file into the engine. A tag that you have already moves to the image from the file."
      onClose={closeDialog}
      action={`Load ${count(files.length, 'file')}`}
      onAct={act}
      note="The file itself stays where it is."
    >
      <FileList files={files} label="To load" />
      {refused.length > 0 && (
        <Notice tone="warn" title={`${count(refused.length, 'file')} cannot be loaded`}>
          <RefusedReasons files={refused} />
        </Notice>
      )}
    </Dialog>
  );
}

/** What was dropped and is no image file; nothing of it goes anywhere. */
export const RefusedDialog = ({ files }: { files: GrantedPath[] }) => (
  <Dialog title={files.length === 1 ? 'This file cannot be loaded' : 'These files cannot be loaded'} onClose={closeDialog}>
    <Notice tone="bad">
      <RefusedReasons files={files} />
    </Notice>
    <p className="t2">Layerdeck loads image files, as “Save…” or “docker save” make them, and builds from folders with a Dockerfile.</p>
  </Dialog>
);

const RefusedReasons = ({ files }: { files: GrantedPath[] }) => (
  <ul>
    {files.map(({ grant, name, reason }) => (
      <li key={grant || name}>
        <span className="strong">{name}</span>: {reason ?? 'It is no image file.'}
      </li>
    ))}
  </ul>
);
