import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { app as electron, shell } from 'electron';
import { makeApp } from './app.ts';
import { connectPage } from './desktop/connect-page.ts';
import { makeDesktop } from './desktop/desktop.ts';
import { confirmQuit } from './desktop/dialogs.ts';
import { lockDown } from './desktop/lock-down.ts';
import { lock } from './desktop/lock-secrets.ts';
import { setMenu } from './desktop/menu.ts';
import { followTheme, openWindow, showWindow } from './desktop/open-window.ts';
import { onFilesOpened, pathsIn } from './desktop/opened-files.ts';
import { filesIn, filesOfServer } from './desktop/page-files.ts';
import { registerPageScheme, servePage } from './desktop/page-protocol.ts';
import { quitCleanly } from './desktop/quit.ts';
import { showProgress } from './desktop/show-progress.ts';
import { grantOpened, grantPaths } from './procedures/grant-paths.ts';

if (electron.requestSingleInstanceLock()) start();
else electron.quit();

function start(): void {
  // streams leave their buffers in the young generation, where they would pile up if it could grow (40 MB measured)
  setFlagsFromString('--semi-space-growth-factor=1');
  const distribution = dirname(import.meta.dirname);
  // the development server tells the page over a socket what has changed, which Chromium would ask about
  if (process.env.LAYERDECK_DEV_SERVER) electron.commandLine.appendSwitch('disable-features', 'LocalNetworkAccessChecks');
  const app = makeApp({
    folder: electron.getPath('userData'),
    licences: join(distribution, 'licences.json'),
    machine: { platform: process.platform, home: homedir(), env: process.env, uid: process.getuid?.() },
    lock,
    desktop: (grants) =>
      makeDesktop(grants, { files: (paths) => grantPaths(grants, paths), opened: (paths) => grantOpened(grants, paths) }),
  });
  let hasOpened = false;
  const openFiles = async (paths: string[]): Promise<void> => {
    const files = await app.grantOpened(paths);
    // macOS opens files even before the first window and after the last one
    if (hasOpened) showWindow(distribution);
    app.openFiles(files);
  };
  const open = async (): Promise<void> => {
    await Promise.all([electron.whenReady(), app.load()]);
    followTheme(app.settings.settings);
    lockDown();
    setMenu(() => shell.showItemInFolder(app.log.path));
    // only a build for development has these words in it
    const files = process.env.LAYERDECK_DEV_SERVER
      ? filesOfServer(process.env.LAYERDECK_DEV_SERVER)
      : filesIn(join(distribution, 'renderer'));
    servePage(files, () => app.settings.settings.theme);
    connectPage(app.router, app.grantOpened);
    void app.connection.run();
    openWindow(distribution);
    hasOpened = true;
    const paths = pathsIn(process.argv, process.cwd());
    if (paths.length > 0) void openFiles(paths);
  };

  app.log.add('app', `Layerdeck ${electron.getVersion()}, Electron ${process.versions.electron}, ${process.platform} ${process.arch}`);
  // only looks on: what happens then is as without it
  process.on('uncaughtExceptionMonitor', (error) => app.log.crash(error));
  app.settings.on('settings', followTheme);
  app.tasks.on('task', () => showProgress(app.tasks.tasks));
  onFilesOpened((paths) => void openFiles(paths));
  electron.on('second-instance', () => showWindow(distribution));
  electron.on('activate', () => showWindow(distribution));
  electron.on('window-all-closed', () => process.platform !== 'darwin' && electron.quit());
  quitCleanly(app.countRunning, confirmQuit, app.close);
  registerPageScheme();
  electron.enableSandbox();
  void open();
}
