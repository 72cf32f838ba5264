import { app, BrowserWindow } from 'electron';

/** Continues the window's own drag with a file. Electron refuses a drag without an icon. */
export async function dragFile(path: string): Promise<void> {
  const icon = await app.getFileIcon(path);
  BrowserWindow.getFocusedWindow()?.webContents.startDrag({ file: path, icon });
}
