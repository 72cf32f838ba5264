import { clipboard, shell } from 'electron';
import type { Grants } from '../foundation/files/grants.ts';
import type { DesktopParts } from '../procedures/router.ts';
import { type Grant, makeDialogs } from './dialogs.ts';
import { dragFile } from './drag-file.ts';
import { openInBrowser } from './open-in-browser.ts';

/** What procedures need from the desktop. */
export const makeDesktop = (grants: Grants, granting: { files: Grant; opened: Grant }): DesktopParts => ({
  dialogs: makeDialogs(grants, granting),
  desktop: {
    reveal: (path) => shell.showItemInFolder(path),
    drag: dragFile,
    openInBrowser,
    copy: (text) => clipboard.writeText(text),
  },
});
