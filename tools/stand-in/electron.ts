// What `import … from 'electron'` and `require('electron')` give.
import { BrowserWindow } from './browser-window.ts';
import type { WebContents } from './web-contents.ts';

export { app } from './app.ts';
export { BrowserWindow, BrowserWindow as BaseWindow } from './browser-window.ts';
export { calls as __calls } from './calls.ts';
export { clipboard } from './clipboard.ts';
export { dialog } from './dialog.ts';
export { autoUpdater, crashReporter, globalShortcut, powerMonitor, powerSaveBlocker, Tray } from './doubles.ts';
export { ipcMain } from './ipc-main.ts';
export { Menu, MenuItem } from './menu.ts';
export { nativeImage } from './native-image.ts';
export { nativeTheme } from './native-theme.ts';
export { net } from './net.ts';
export { Notification } from './notification.ts';
export { MessageChannelMain } from './ports.ts';
export { protocol } from './protocol.ts';
export { safeStorage } from './safe-storage.ts';
export { screen } from './screen.ts';
export { session } from './session.ts';
export { shell } from './shell.ts';
export { utilityProcess } from './utility-process.ts';

const allContents = (): WebContents[] => BrowserWindow.getAllWindows().map((window) => window.webContents);

export const webContents = {
  getAllWebContents: allContents,
  fromId: (id: number): WebContents | undefined => allContents().find((contents) => contents.id === id),
  fromDevToolsTargetId: (id: string): WebContents | undefined => allContents().find((contents) => contents.targetId === id),
  getFocusedWebContents: (): WebContents | null => BrowserWindow.getFocusedWindow()?.webContents ?? null,
};
