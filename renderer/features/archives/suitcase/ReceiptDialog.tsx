import type { GrantedPath } from '../../../../contract/file.ts';
import { client } from '../../../connection/client.ts';
import { useAsked } from '../../../connection/use-asked.ts';
import { closeDialog, openDialog } from '../../../desk/dialogs.ts';
import { useImagesHere } from '../../../desk/engine-scope.ts';
import { ReceiptCard } from '../../../desk/ReceiptCard.tsx';
import { Dialog } from '../../../ui/Dialog.tsx';
import { FailureNote } from '../../../ui/FailureNote.tsx';

/** A receipt that was dropped or opened: whose it is, and what can be done with it. */
export function ReceiptDialog({ receipt }: { receipt: GrantedPath }) {
  const { answer, failure } = useAsked(receipt.grant, (signal) => client.archives.readReceipt({ receipt: receipt.grant }, { signal }));
  const names = useImagesHere()?.images.flatMap(({ references }) => references) ?? [];
  const canSave = answer !== undefined && names.length > 0;
  return (
    <Dialog
      title="A receipt of another computer"
      lead="By it, Layerdeck packs only what that computer lacks."
      onClose={closeDialog}
      {...(canSave && { action: 'Choose images for it…' })}
      onAct={() => openDialog({ name: 'save', references: names })}
      note={canSave ? 'You can also choose images in the list, and save these.' : undefined}
    >
      {failure && <FailureNote failure={failure} />}
      {answer && <ReceiptCard receipt={answer} />}
    </Dialog>
  );
}
