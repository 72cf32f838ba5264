import { homedir } from 'node:os';
import { basename, join } from 'node:path';
import { app, BrowserWindow, dialog, type FileFilter, type OpenDialogOptions } from 'electron';
import type { GrantedPath, GrantedTarget } from '../../contract/file.ts';
import type { Grants } from '../files/grants.ts';

const archiveTypes = [
  { name: 'Image files', extensions: ['tar', 'gz', 'tgz', 'zst', 'xz'] },
  { name: 'All files', extensions: ['*'] },
];

const logTypes = [
  { name: 'Text', extensions: ['log', 'txt'] },
  { name: 'All files', extensions: ['*'] },
];

/** The system's own dialogs: besides a drop the only way to a file. */
export function makeDialogs(grants: Grants, grant: (paths: string[]) => Promise<GrantedPath[]>) {
  const ask = async (options: OpenDialogOptions): Promise<GrantedPath[]> => {
    const { canceled, filePaths } = await dialog.showOpenDialog(currentWindow(), options);
    return canceled ? [] : grant(filePaths);
  };
  return {
    chooseFolder: async () => (await ask({ title: 'Choose a folder with a Dockerfile', properties: ['openDirectory'] }))[0] ?? null,
    chooseFile: async () => (await ask({ title: 'Choose a file', properties: ['openFile'] }))[0] ?? null,
    chooseArchives: () => ask({ title: 'Choose image files', properties: ['openFile', 'multiSelections'], filters: archiveTypes }),
    chooseSaveTarget: async (suggestedName: string): Promise<GrantedTarget | null> => {
      const filePath = await askWhereTo('Save images to a file', suggestedName, archiveTypes);
      if (!filePath) return null;
      return { grant: grants.grant(filePath, 'write'), name: basename(filePath), path: filePath };
    },
    chooseLogTarget: (suggestedName: string) => askWhereTo('Save the log', suggestedName, logTypes),
  };
}

async function askWhereTo(title: string, suggestedName: string, filters: FileFilter[]): Promise<string | null> {
  // only a name: the page has no say in which folder
  const options = { title, defaultPath: join(downloads(), basename(suggestedName)), filters };
  const { canceled, filePath } = await dialog.showSaveDialog(currentWindow(), options);
  return canceled || !filePath ? null : filePath;
}

/** Asks before running tasks are stopped by quitting. */
export async function confirmQuit(running: number): Promise<boolean> {
  const { response } = await dialog.showMessageBox(currentWindow(), {
    type: 'warning',
    message: running === 1 ? 'One task is still running' : `${running} tasks are still running`,
    detail: `${running === 1 ? 'It is' : 'They are'} stopped when Layerdeck quits. What is half done is cleaned up.`,
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
    return homedir(); // not every Linux has one
  }
}
