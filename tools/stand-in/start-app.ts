import { join } from 'node:path';
import { app } from './app.ts';
import { headed, setBrowser } from './browser.ts';
import { type Chromium, launchChromium } from './chromium.ts';
import { markReady } from './lifecycle.ts';
import { makeEvent } from './make-event.ts';
import { holdNewPages } from './popups.ts';
import { windows } from './windows.ts';

// read at once: Playwright's loader cuts process.argv
const debuggingPort = process.argv.find((argument) => argument.startsWith('--remote-debugging-port'));

/** Starts Chromium and lets the app know that it is ready. */
export async function startApp(): Promise<void> {
  // the app may have ended itself already, for example as a second instance
  if (app.isQuitting) return;
  const profile = join(app.getPath('userData'), 'chromium');
  const chromium = launchChromium({ profile, headed, switches: app.commandLine.switches, ...(debuggingPort && { debuggingPort }) });
  setBrowser(chromium);
  watchEnds(chromium);
  chromium.cdp.on(':Target.targetDestroyed', ({ targetId }: { targetId: string }) => {
    for (const window of windows.values()) if (window.webContents.targetId === targetId) window.handleGone();
  });
  await Promise.all([chromium.cdp.send('Target.setDiscoverTargets', { discover: true }), holdNewPages(chromium.cdp)]);
  app.emit('will-finish-launching');
  // first the event, then the promise: Playwright's loader relies on it
  app.emit('ready', makeEvent(), {});
  markReady();
}

/** Whichever ends first, Chromium or this process, ends the other, too. */
function watchEnds(chromium: Chromium): void {
  process.on('exit', () => chromium.kill());
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => (app.isQuitting ? app.exit(1) : app.quit()));
  void chromium.ended.then(({ code, signal }) => {
    if (app.isQuitting) return;
    if (code !== 0) {
      console.error(`stand-in: Chromium ended unexpectedly (${signal ?? `exit code ${code}`})`);
      return app.exit(1);
    }
    // the user closed the last window, which ends Chromium, too
    for (const window of [...windows.values()]) window.handleGone();
    app.exit(0);
  });
}
