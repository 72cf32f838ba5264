import { app, type IpcMainEvent, type IpcMainInvokeEvent, session } from 'electron';
import { pageOrigin } from './page-protocol.ts';

/** Electron's security checklist, as far as it is code: no permissions, no other pages, no new windows, no webviews. */
export function lockDown(): void {
  const { defaultSession } = session;
  defaultSession.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  defaultSession.setPermissionCheckHandler(() => false);
  defaultSession.setDevicePermissionHandler(() => false);
  app.on('web-contents-created', (_event, contents) => {
    contents.on('will-navigate', (event) => event.preventDefault());
    contents.on('will-redirect', (event) => event.preventDefault());
    contents.on('will-attach-webview', (event) => event.preventDefault());
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  });
}

/** Whether a message comes from Layerdeck's own page, not from a frame or another page inside it. */
export function isFromOurPage({ senderFrame }: IpcMainEvent | IpcMainInvokeEvent): boolean {
  // the `origin` of a URL is "null" for schemes that Node does not know
  return senderFrame?.parent === null && senderFrame.url.startsWith(`${pageOrigin}/`);
}
