import { shell } from 'electron';

/**
 * Shows a page of this computer in the person's browser: the only thing that the app ever has the system open, and only by a port that it has
 * published itself. Whatever the address says, nothing but such a page is opened.
 */
export async function openInBrowser(address: string): Promise<void> {
  const port = Number(/^http:\/\/localhost:(\d{1,5})\/$/.exec(address)?.[1]);
  if (port >= 1 && port <= 65_535) await shell.openExternal(`http://localhost:${port}/`);
}
