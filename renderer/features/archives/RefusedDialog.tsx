import type { GrantedPath } from '../../../contract/file.ts';
import { closeDialog } from '../../desk/dialogs.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { Notice } from '../../ui/Notice.tsx';

/** Says why dropped files aren’t loaded. */
export const RefusedDialog = ({ files }: { files: GrantedPath[] }) => (
  <Dialog title={files.length === 1 ? 'This file can’t be loaded' : 'These files can’t be loaded'} onClose={closeDialog}>
    <Notice tone="bad">
      <RefusedReasons files={files} />
    </Notice>
    <p className="t2">
      Layerdeck loads image files from “Save…” or “docker save”, imports file systems, shows build records, and builds images from folders
      with a Dockerfile.
    </p>
  </Dialog>
);

export const RefusedReasons = ({ files }: { files: GrantedPath[] }) => (
  <ul>
    {files.map(({ grant, name, reason }) => (
      <li key={grant || name}>
        <span className="strong">{name}</span>: {reason ?? 'This isn’t an image file.'}
      </li>
    ))}
  </ul>
);
