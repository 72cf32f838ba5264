import { BuildDialog } from '../build/BuildDialog.tsx';
import { ForgetDialog } from '../build/ForgetDialog.tsx';
import { type OpenDialog, useDialogs } from '../connection/dialogs.ts';
import { RemoveDialog } from '../images/RemoveDialog.tsx';
import { TagDialog } from '../images/TagDialog.tsx';
import { TagsDialog } from '../images/TagsDialog.tsx';
import { UntagDialog } from '../images/UntagDialog.tsx';
import { SignInDialog } from '../registry/SignInDialog.tsx';
import { CopyDialog } from '../transfer/CopyDialog.tsx';
import { LoadDialog } from '../transfer/LoadDialog.tsx';
import { PullDialog } from '../transfer/PullDialog.tsx';
import { PushDialog } from '../transfer/PushDialog.tsx';
import { RefusedDialog } from '../transfer/RefusedDialog.tsx';
import { SaveDialog } from '../transfer/SaveDialog.tsx';

/** The one dialog that is open, if any. */
export function Dialogs() {
  const open = useDialogs((dialogs) => dialogs.open);
  return open && show(open);
}

function show(open: OpenDialog) {
  switch (open.name) {
    case 'build':
      return (
        <BuildDialog key={open.folder?.grant} folder={open.folder} left={open.left} inputs={open.inputs} withheldArgs={open.withheldArgs} />
      );
    case 'pull':
      return <PullDialog reference={open.reference} />;
    case 'push':
      return <PushDialog references={open.references} choice={open.choice} />;
    case 'copy':
      return <CopyDialog from={open.from} to={open.to} isIntoFile={open.isIntoFile} />;
    case 'sign-in':
      return <SignInDialog registry={open.registry} next={open.next} retry={open.retry} />;
    case 'save':
      return <SaveDialog references={open.references} />;
    case 'load':
      return <LoadDialog files={open.files} refused={open.refused} />;
    case 'refused':
      return <RefusedDialog files={open.files} />;
    case 'tag':
      return <TagDialog id={open.image} />;
    case 'tags':
      return <TagsDialog id={open.image} />;
    case 'untag':
      return <UntagDialog reference={open.reference} />;
    case 'remove':
      return <RemoveDialog ids={open.ids} />;
    case 'forget-builds':
      return <ForgetDialog ids={open.ids} />;
  }
}
