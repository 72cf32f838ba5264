import { homedir } from 'node:os';
import { basename, join } from 'node:path';
import { app, BrowserWindow, dialog, type FileFilter, type OpenDialogOptions } from 'electron';
import type { GrantedPath, GrantedTarget } from '../../contract/file.ts';
import type { Grants } from '../foundation/files/grants.ts';

const archiveTypes = [
  { name: 'Image files', extensions: ['tar', 'gz', 'tgz', 'zst', 'xz', 'bz2'] },
  { name: 'All files', extensions: ['*'] },
];

const openedTypes = [
  { name: 'Image files and build records', extensions: ['tar', 'gz', 'tgz', 'zst', 'xz', 'bz2', 'dockerbuild'] },
  { name: 'All files', extensions: ['*'] },
];

const logTypes = [
  { name: 'Text', extensions: ['log', 'txt'] },
  { name: 'All files', extensions: ['*'] },
];

const receiptTypes = [
  { name: 'Receipts', extensions: ['json', 'txt'] },
  { name: 'All files', extensions: ['*'] },
];

const certificateTypes = [
  { name: 'Certificates', extensions: ['crt', 'pem'] },
  { name: 'All files', extensions: ['*'] },
];

const anyType = [{ name: 'All files', extensions: ['*'] }];

export type Grant = (paths: string[]) => Promise<GrantedPath[]>;

/** The system's own dialogs: apart from a drop, the only way to a file. `opened` grants files to show, `files` files to use as they are. */
export function makeDialogs(grants: Grants, { files, opened }: { files: Grant; opened: Grant }) {
  const ask = async (options: OpenDialogOptions, grant: Grant = files): Promise<GrantedPath[]> => {
    const { canceled, filePaths } = await dialog.showOpenDialog(currentWindow(), options);
    return canceled ? [] : grant(filePaths);
  };
  const granted = (path: string | null): GrantedTarget | null =>
    path === null ? null : { grant: grants.grant(path, 'write'), name: basename(path), path };
  return {
    chooseFolder: async () => (await ask({ title: 'Choose a folder with a Dockerfile', properties: ['openDirectory'] }))[0] ?? null,
    chooseFile: async () => (await ask({ title: 'Choose a file', properties: ['openFile'] }))[0] ?? null,
    chooseArchives: () =>
      ask({ title: 'Choose image files or build records', properties: ['openFile', 'multiSelections'], filters: openedTypes }, opened),
    chooseSaveTarget: async (suggestedName: string) => granted(await askWhereTo('Save images to a file', suggestedName, archiveTypes)),
    chooseCopyTarget: async (suggestedName: string) => granted(await askWhereTo('Save a copy', suggestedName, anyType)),
    chooseRegistryFolder: async () => {
      const { canceled, filePaths } = await dialog.showOpenDialog(currentWindow(), {
        title: 'Choose a folder for the registry’s images',
        properties: ['openDirectory', 'createDirectory'],
      });
      return granted(canceled ? null : (filePaths[0] ?? null));
    },
    chooseReceipt: async () =>
      (await ask({ title: 'Choose the receipt of another computer', properties: ['openFile'], filters: receiptTypes }))[0] ?? null,
    chooseReceiptTarget: (suggestedName: string) => askWhereTo('Save the receipt', suggestedName, receiptTypes),
    chooseCertificateTarget: (suggestedName: string) => askWhereTo('Save the certificate', suggestedName, certificateTypes),
    chooseLogTarget: (suggestedName: string) => askWhereTo('Save the log', suggestedName, logTypes),
  };
}

async function askWhereTo(title: string, suggestedName: string, filters: FileFilter[]): Promise<string | null> {
  // only a name: the page has no say in the folder
  const options = { title, defaultPath: join(downloads(), basename(suggestedName)), filters };
  const { canceled, filePath } = await dialog.showSaveDialog(currentWindow(), options);
  return canceled || !filePath ? null : filePath;
}

/** Asks before running tasks are stopped by quitting. */
export async function confirmQuit(running: number): Promise<boolean> {
  const { response } = await dialog.showMessageBox(currentWindow(), {
    type: 'warning',
    message: running === 1 ? 'One task is still running' : `${running} tasks are still running`,
    detail: `${running === 1 ? 'It stops' : 'They stop'} when Layerdeck quits. Unfinished work is cleaned up.`,
    buttons: ['Stop and quit', 'Keep running'],
    defaultId: 1,
    cancelId: 1,
  });
  return response === 0;
}

const currentWindow = (): BrowserWindow => BrowserWindow.getFocusedWindow() ?? (BrowserWindow.getAllWindows()[0] as BrowserWindow);

function downloads(): string {
  try {
    return app.getPath('downloads');
  } catch {
    return homedir(); // not every Linux has a downloads folder
  }
}
