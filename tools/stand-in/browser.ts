import type { Cdp } from './cdp.ts';
import type { Chromium } from './chromium.ts';

let current: Chromium | undefined;

/** Makes the running Chromium known to the windows. */
export function setBrowser(chromium: Chromium): void {
  current = chromium;
}

/** The running Chromium, if it has been started. */
export const findBrowser = (): Chromium | undefined => current;

/** The running Chromium's debugging connection. */
export function cdp(): Cdp {
  if (!current) throw new Error('stand-in: Chromium is not running yet; wait for app.whenReady()');
  return current.cdp;
}

export const headed = process.env.STANDIN_HEADED === '1';
