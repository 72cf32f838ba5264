import { cdp } from './browser.ts';
import { originOf, toShown } from './scheme.ts';

export type PermissionRequestHandler = (contents: unknown, permission: string, answer: (granted: boolean) => void, details: object) => void;

// Electron's name and the protocol's
const permissions: [electron: string, chromium: string][] = [
  ['notifications', 'notifications'],
  ['geolocation', 'geolocation'],
  ['media', 'camera'],
  ['media', 'microphone'],
  ['midi', 'midi'],
  ['clipboard-read', 'clipboard-read'],
  ['clipboard-sanitized-write', 'clipboard-write'],
  ['idle-detection', 'idle-detection'],
  ['window-management', 'window-management'],
  ['storage-access', 'storage-access'],
  ['local-fonts', 'local-fonts'],
];

let requestHandler: PermissionRequestHandler | undefined;

/** Takes the app's handler; it applies to pages loaded from now on. */
export function setPermissionRequestHandler(handler: PermissionRequestHandler | null): void {
  requestHandler = handler ?? undefined;
}

/**
 * Chromium cannot ask us while the page waits, so every permission is asked for when a page is about to load.
 * Without a handler all are granted, as in Electron.
 */
export async function applyPermissions(contents: unknown, url: string): Promise<void> {
  if (!/^https?:/.test(toShown(url))) return;
  const origin = new URL(toShown(url)).origin;
  await Promise.all(permissions.map(([name, chromiumName]) => apply(contents, name, chromiumName, origin)));
}

async function apply(contents: unknown, name: string, chromiumName: string, origin: string): Promise<void> {
  const granted = await new Promise<boolean>((resolve) => {
    if (requestHandler) requestHandler(contents, name, resolve, { requestingUrl: originOf(origin), isMainFrame: true });
    else resolve(true);
  });
  const setting = granted ? 'granted' : 'denied';
  // an older Chromium may not know a name: then its own answer stands
  await cdp()
    .send('Browser.setPermission', { permission: { name: chromiumName }, setting, origin })
    .catch(() => {});
}
