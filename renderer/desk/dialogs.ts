import { create } from 'zustand';
import type { BuildInputs } from '../../contract/build.ts';
import type { GrantedPath } from '../../contract/file.ts';
import type { ListPart } from '../../contract/image-list.ts';
import type { OtherRegistry } from '../../contract/registry.ts';
import type { TaskKind } from '../../contract/task.ts';
import type { PushTarget } from '../../contract/transfer.ts';
import { count } from '../ui/format.ts';
import { notify } from '../ui/notify.ts';
import { useOpenForms } from '../ui/open-form.ts';
import { takeReceipt } from './receipt.ts';

/** The dialogs that any page may open, with what each needs to know. */
export type OpenDialog = Asking & {
  /** The place of the engine that it is about, if that is not the one in use. */
  at?: string | undefined;
};

type Asking =
  | { name: 'build'; folder?: GrantedPath; left?: GrantedPath[]; inputs?: BuildInputs; withheldArgs?: string[] }
  | { name: 'pull'; reference?: string }
  /** `to`: where a person who chose nothing yet wants them to go. */
  | { name: 'push'; references: string[]; to?: PushTarget; choice?: PushChoice }
  | { name: 'copy'; from?: CopyFrom; to?: string; isIntoFile?: boolean }
  | { name: 'sign-in'; registry?: string | undefined; next?: OpenDialog; retry?: { id: string; kind: TaskKind } }
  | { name: 'save'; references: string[] }
  | { name: 'send'; references: string[]; to: string }
  | { name: 'load'; files: GrantedPath[]; refused: GrantedPath[] }
  | { name: 'registry-receipt'; registry: string; repositories: string[]; chosen: string | undefined }
  | { name: 'receipt'; receipt: GrantedPath }
  | { name: 'refused'; files: GrantedPath[] }
  | { name: 'tag'; image: string }
  | { name: 'tags'; image: string }
  | { name: 'untag'; reference: string }
  | { name: 'try'; image: string; called: string; reference: string | undefined }
  | { name: 'remove-trial'; container: string }
  | { name: 'save-trial'; container: string }
  | { name: 'remove'; ids: string[] }
  | { name: 'forget-builds'; ids: string[] }
  | { name: 'registry-port' }
  | { name: 'registry-storage' }
  | { name: 'remove-left'; size: number | undefined }
  /** `remote`: the registry of a cache that is there, whose sign-in is chosen anew. */
  | { name: 'add-cache'; remote?: string }
  | { name: 'remove-cache'; cache: OtherRegistry }
  | { name: 'protect-registry' }
  | { name: 'unprotect-registry' }
  | { name: 'reach-registry' }
  | { name: 'encrypt-registry' }
  | { name: 'name-registry' }
  | { name: 'registry-from-file'; file: GrantedPath }
  | { name: 'remove-registry'; container: string }
  | { name: 'collect-registry'; container: string }
  | { name: 'put-together'; parts: ListPart[] }
  /** A list in a registry, by its tag and where that leads. */
  | { name: 'take-apart'; reference: string; digest: string }
  | { name: 'back-up'; registry: string; repository?: string | undefined }
  | { name: 'restore'; registry: string; file: GrantedPath }
  | { name: 'add-engine' }
  | { name: 'remove-engine'; context: string; isInUse: boolean };

/** What was chosen in the push dialog before it made room for a sign-in. */
export type PushChoice = { chosen: string[]; to: PushTarget };

/** What a copy begins with; the dialog asks where it goes. */
export type CopyFrom =
  | { kind: 'image'; reference: string }
  | { kind: 'registry'; reference: string }
  | { kind: 'archive'; file: GrantedPath; image: number; id: string | undefined; name: string };

type Dialogs = {
  open: OpenDialog | undefined;
  /** Files that came while a form was open; they are shown after it. */
  waiting: GrantedPath[];
};

export const useDialogs = create<Dialogs>(() => ({ open: undefined, waiting: [] }));

export const openDialog = (open: OpenDialog): void => useDialogs.setState({ open });

/** Closes the dialog, and shows the files that waited for it. */
export function closeDialog(): void {
  const { waiting } = useDialogs.getState();
  useDialogs.setState({ open: undefined, waiting: [] });
  if (waiting.length > 0) showFiles(waiting);
}

/** The dialog for files that were dropped on the window or opened from the system; each dialog says itself what needs an engine. */
export function dialogForFiles(files: GrantedPath[]): OpenDialog | undefined {
  const receipt = files.findLast((file) => file.kind === 'receipt');
  const archives = files.filter((file) => file.kind === 'tarball');
  const [folder, ...furtherFolders] = files.filter((file) => file.kind === 'folder');
  const refused = files.filter((file) => file.kind === 'other');
  if (archives.length > 0) {
    const reason = 'A folder is built on its own. Drop it by itself.';
    const folders = files.filter((file) => file.kind === 'folder').map((file) => ({ ...file, reason }));
    return { name: 'load', files: archives, refused: [...folders, ...refused] };
  }
  if (folder) return { name: 'build', folder, left: [...furtherFolders, ...refused] };
  if (refused.length > 0) return { name: 'refused', files: refused };
  return receipt && { name: 'receipt', receipt };
}

/** Shows files that were dropped, chosen or opened from the system; never in place of a form. */
export function openFiles(files: GrantedPath[]): void {
  const receipt = files.findLast((file) => file.kind === 'receipt');
  if (receipt) takeReceipt(receipt);
  // a save that is being prepared takes it at once
  const isSaving = takesReceipts(useDialogs.getState().open);
  const shown = isSaving ? files.filter(({ kind }) => kind !== 'receipt') : files;
  if (shown.length > 0) openOthers(shown);
}

/** Whether a dialog packs by a receipt that is dropped on it. */
export const takesReceipts = (open: OpenDialog | undefined): boolean => open?.name === 'save' || open?.name === 'copy';

function openOthers(files: GrantedPath[]): void {
  if (useOpenForms.getState().count === 0) {
    showFiles(files);
    return;
  }
  useDialogs.setState(({ waiting }) => ({ waiting: [...waiting, ...files] }));
  const [only] = files.length === 1 ? files : [];
  const title = only ? `“${only.name}” is waiting` : `${count(files.length, 'file')} are waiting`;
  notify(title, `Layerdeck shows what ${only ? 'it is' : 'they are'} once you close this dialog.`);
}

function showFiles(files: GrantedPath[]): void {
  const dialog = dialogForFiles(files);
  if (dialog) openDialog(dialog);
}
