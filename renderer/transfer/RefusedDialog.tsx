import type { GrantedPath } from '../../contract/file.ts';
import { closeDialog } from '../connection/dialogs.ts';
import { Dialog } from '../ui/Dialog.tsx';
import { Notice } from '../ui/Notice.tsx';

/** What was dropped and is no image file; nothing of it goes anywhere. */
export const RefusedDialog = ({ files }: { files: GrantedPath[] }) => (
  <Dialog title={files.length === 1 ? 'This file cannot be loaded' : 'These files cannot be loaded'} onClose={closeDialog}>
    <Notice tone="bad">
      <RefusedReasons files={files} />
    </Notice>
    <p className="t2">
      Layerdeck loads image files, as “Save…” or “docker save” make them, imports the files of a system, and builds from folders with a
      Dockerfile.
    </p>
  </Dialog>
);

export const RefusedReasons = ({ files }: { files: GrantedPath[] }) => (
  <ul>
    {files.map(({ grant, name, reason }) => (
      <li key={grant || name}>
        <span className="strong">{name}</span>: {reason ?? 'It is no image file.'}
      </li>
    ))}
  </ul>
);
