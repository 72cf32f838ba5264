import { app, BrowserWindow } from 'electron';

/** Lets the system drag a file on from the window's own drag; without a picture Electron refuses. */
export async function dragFile(path: string): Promise<void> {
  const icon = await app.getFileIcon(path);
  BrowserWindow.getFocusedWindow()?.webContents.startDrag({ file: path, icon });
}
