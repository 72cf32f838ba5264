// What travels between the stand-in and the preload world of a page, in batches.

/** From main to the page. */
export type ToPage =
  | { type: 'reply'; id: number; value: unknown }
  | { type: 'reply'; id: number; error: string }
  | { type: 'send'; channel: string; args: unknown[]; ports?: string[] }
  | PortMessage;

/** From the page to main. */
export type FromPage =
  | { type: 'invoke'; id: number; channel: string; args: unknown[] }
  | { type: 'send'; channel: string; args: unknown[]; ports?: string[] }
  | PortMessage;

export type PortMessage = { type: 'port'; id: string; data: unknown } | { type: 'port-close'; id: string };

/** The isolated world in which Electron runs preload scripts. */
export const preloadWorld = 'electron-preload';
/** The function by which that world calls out. */
export const bindingName = '__standInBinding';
