import { Menu } from 'electron';

/** The menu that systems expect: without it, copy, paste and quit have no shortcuts on macOS. */
export function setMenu(showLog: () => void): void {
  const own = process.platform === 'darwin' ? [{ role: 'appMenu' as const }] : [];
  Menu.setApplicationMenu(
    Menu.buildFromTemplate([
      ...own,
      { role: 'fileMenu' },
      { role: 'editMenu' },
      {
        label: 'View',
        submenu: [{ role: 'reload' }, { type: 'separator' }, { role: 'resetZoom' }, { role: 'zoomIn' }, { role: 'zoomOut' }],
      },
      { role: 'windowMenu' },
      { role: 'help', submenu: [{ label: 'Show the log file', click: showLog }] },
    ]),
  );
}
