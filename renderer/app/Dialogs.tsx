import type { ReactElement } from 'react';
import { type OpenDialog, useDialogs } from '../desk/dialogs.ts';
import { EngineScope } from '../desk/engine-scope.ts';
import { LoadDialog } from '../features/archives/LoadDialog.tsx';
import { RefusedDialog } from '../features/archives/RefusedDialog.tsx';
import { SaveDialog } from '../features/archives/SaveDialog.tsx';
import { ReceiptDialog } from '../features/archives/suitcase/ReceiptDialog.tsx';
import { ForgetDialog } from '../features/builds/ForgetDialog.tsx';
import { BuildDialog } from '../features/builds/form/BuildDialog.tsx';
import { AddEngineDialog } from '../features/engines/AddEngineDialog.tsx';
import { RemoveEngineDialog } from '../features/engines/RemoveEngineDialog.tsx';
import { RemoveDialog } from '../features/images/RemoveDialog.tsx';
import { TagDialog } from '../features/images/TagDialog.tsx';
import { TagsDialog } from '../features/images/TagsDialog.tsx';
import { UntagDialog } from '../features/images/UntagDialog.tsx';
import { BackUpDialog } from '../features/registry/backup/BackUpDialog.tsx';
import { RestoreDialog } from '../features/registry/backup/RestoreDialog.tsx';
import { RegistryReceiptDialog } from '../features/registry/browse/RegistryReceiptDialog.tsx';
import { CacheDialog } from '../features/registry/CacheDialog.tsx';
import { CollectDialog } from '../features/registry/CollectDialog.tsx';
import { EncryptDialog } from '../features/registry/encryption/EncryptDialog.tsx';
import { FromFileDialog } from '../features/registry/FromFileDialog.tsx';
import { PutTogetherDialog } from '../features/registry/lists/PutTogetherDialog.tsx';
import { TakeApartDialog } from '../features/registry/lists/TakeApartDialog.tsx';
import { NameDialog } from '../features/registry/name/NameDialog.tsx';
import { PortDialog } from '../features/registry/PortDialog.tsx';
import { ProtectDialog } from '../features/registry/ProtectDialog.tsx';
import { ReachDialog } from '../features/registry/ReachDialog.tsx';
import { RemoveCacheDialog } from '../features/registry/RemoveCacheDialog.tsx';
import { RemoveRegistryDialog } from '../features/registry/RemoveRegistryDialog.tsx';
import { SignInDialog } from '../features/registry/SignInDialog.tsx';
import { RemoveLeftDialog } from '../features/registry/storage/RemoveLeftDialog.tsx';
import { StorageDialog } from '../features/registry/storage/StorageDialog.tsx';
import { UnprotectDialog } from '../features/registry/UnprotectDialog.tsx';
import { CopyDialog } from '../features/transfer/CopyDialog.tsx';
import { PullDialog } from '../features/transfer/PullDialog.tsx';
import { PushDialog } from '../features/transfer/PushDialog.tsx';
import { SendDialog } from '../features/transfer/SendDialog.tsx';
import { RemoveTrialDialog } from '../features/trials/RemoveTrialDialog.tsx';
import { SaveTrialDialog } from '../features/trials/SaveTrialDialog.tsx';
import { TryDialog } from '../features/trials/TryDialog.tsx';

/** The one dialog that is open, if any. */
export function Dialogs() {
  const open = useDialogs((dialogs) => dialogs.open);
  return open && <EngineScope value={open.at}>{show(open)}</EngineScope>;
}

function show(open: OpenDialog): ReactElement {
  switch (open.name) {
    case 'build':
      return (
        <BuildDialog key={open.folder?.grant} folder={open.folder} left={open.left} inputs={open.inputs} withheldArgs={open.withheldArgs} />
      );
    case 'pull':
      return <PullDialog reference={open.reference} />;
    case 'push':
      return <PushDialog references={open.references} first={open.to} choice={open.choice} />;
    case 'copy':
      return <CopyDialog from={open.from} to={open.to} isIntoFile={open.isIntoFile} />;
    case 'add-engine':
      return <AddEngineDialog />;
    case 'remove-engine':
      return <RemoveEngineDialog context={open.context} isInUse={open.isInUse} />;
    case 'sign-in':
      return <SignInDialog registry={open.registry} next={open.next} retry={open.retry} />;
    case 'registry-port':
      return <PortDialog />;
    case 'protect-registry':
      return <ProtectDialog />;
    case 'unprotect-registry':
      return <UnprotectDialog />;
    case 'reach-registry':
      return <ReachDialog />;
    case 'encrypt-registry':
      return <EncryptDialog />;
    case 'remove-left':
      return <RemoveLeftDialog size={open.size} />;
    case 'registry-storage':
      return <StorageDialog />;
    case 'name-registry':
      return <NameDialog />;
    case 'add-cache':
      return <CacheDialog remote={open.remote} />;
    case 'remove-cache':
      return <RemoveCacheDialog cache={open.cache} />;
    case 'registry-from-file':
      return <FromFileDialog file={open.file} />;
    case 'collect-registry':
      return <CollectDialog container={open.container} />;
    case 'remove-registry':
      return <RemoveRegistryDialog container={open.container} />;
    case 'put-together':
      return <PutTogetherDialog parts={open.parts} />;
    case 'take-apart':
      return <TakeApartDialog reference={open.reference} digest={open.digest} />;
    case 'back-up':
      return <BackUpDialog registry={open.registry} repository={open.repository} />;
    case 'restore':
      return <RestoreDialog registry={open.registry} file={open.file} />;
    case 'save':
      return <SaveDialog references={open.references} />;
    case 'send':
      return <SendDialog references={open.references} to={open.to} />;
    case 'load':
      return <LoadDialog files={open.files} refused={open.refused} />;
    case 'registry-receipt':
      return <RegistryReceiptDialog registry={open.registry} repositories={open.repositories} chosen={open.chosen} />;
    case 'receipt':
      return <ReceiptDialog receipt={open.receipt} />;
    case 'refused':
      return <RefusedDialog files={open.files} />;
    case 'tag':
      return <TagDialog id={open.image} />;
    case 'tags':
      return <TagsDialog id={open.image} />;
    case 'untag':
      return <UntagDialog reference={open.reference} />;
    case 'try':
      return <TryDialog key={open.image} image={open.image} name={open.called} reference={open.reference} />;
    case 'save-trial':
      return <SaveTrialDialog container={open.container} />;
    case 'remove-trial':
      return <RemoveTrialDialog container={open.container} />;
    case 'remove':
      return <RemoveDialog ids={open.ids} />;
    case 'forget-builds':
      return <ForgetDialog ids={open.ids} />;
  }
}
