import { join } from 'node:path';
import { app, BrowserWindow, nativeTheme } from 'electron';
import type { Settings } from '../../contract/settings.ts';
import { pageOrigin } from './page-protocol.ts';

/** Opens the only window. Its page is sandboxed and not trusted with anything. */
export function openWindow(distribution: string): BrowserWindow {
  const window = new BrowserWindow({
    title: 'Layerdeck',
    width: 1280,
    height: 800,
    minWidth: 960,
    minHeight: 600,
    show: false,
    backgroundColor: paper(),
    // the page draws the title bar, and the system only its buttons
    titleBarStyle: 'hidden',
    titleBarOverlay: titleBarOverlay(),
    trafficLightPosition: { x: 14, y: 17 },
    autoHideMenuBar: true,
    webPreferences: {
      preload: join(distribution, 'preload', 'index.cjs'),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
      spellcheck: false,
    },
  });
  window.once('ready-to-show', () => window.show());
  // where closing the window quits the app, it has to stay until the person agrees to stop running tasks
  if (process.platform !== 'darwin') {
    window.on('close', (event) => {
      event.preventDefault();
      app.quit();
    });
  }
  const repaint = () => window.setTitleBarOverlay(titleBarOverlay());
  if (process.platform !== 'darwin') {
    nativeTheme.on('updated', repaint);
    window.once('closed', () => nativeTheme.off('updated', repaint));
  }
  // rejects if the page is reloaded while it loads, which does no harm
  window.loadURL(`${pageOrigin}/index.html`).catch(() => {});
  return window;
}

/** Brings the window to the front, or opens it if it was closed. */
export function showWindow(distribution: string): void {
  const [window] = BrowserWindow.getAllWindows();
  if (!window) {
    openWindow(distribution);
    return;
  }
  if (window.isMinimized()) window.restore();
  window.focus();
}

export function followTheme({ theme }: Settings): void {
  nativeTheme.themeSource = theme;
}

// the values of the page's tokens `paper` and `text-2`, needed before its first paint
const paper = (): string => (nativeTheme.shouldUseDarkColors ? '#131312' : '#f5f4f1');
const titleBarOverlay = () => ({ color: paper(), symbolColor: nativeTheme.shouldUseDarkColors ? '#b5b3ab' : '#55534d', height: 47 });
