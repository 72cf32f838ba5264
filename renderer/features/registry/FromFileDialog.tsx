import type { GrantedPath } from '../../../contract/file.ts';
import { closeDialog } from '../../desk/dialogs.ts';
import { startTask } from '../../desk/start-task.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { bytes } from '../../ui/format.ts';

/** A file that was dropped where the registry is: nothing happens before the person says so. */
export function FromFileDialog({ file }: { file: GrantedPath }) {
  const act = () => {
    closeDialog();
    void startTask({ kind: 'start-registry', archive: file.grant });
  };
  return (
    <Dialog title="Start the registry from this file?" onClose={closeDialog} action="Load it and start" onAct={act} size={460}>
      <p className="t2">
        <span className="strong">{file.name}</span>
        {file.size > 0 && `, ${bytes(file.size)}`}, should hold the image of a registry, such as registry:3. Its images are loaded into the
        engine, and the registry is started from it.
      </p>
    </Dialog>
  );
}
