import type { Bridge } from '../../contract/bridge.ts';

declare global {
  interface Window {
    layerdeck: Bridge;
  }
}

/** What the preload script can do and the page itself can’t. */
export const bridge = (): Bridge => window.layerdeck;
