import type { Bridge } from '../../contract/bridge.ts';

declare global {
  interface Window {
    layerdeck: Bridge;
  }
}

/** What the preload script can and the page cannot. */
export const bridge = (): Bridge => window.layerdeck;
