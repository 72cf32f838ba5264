import type { GrantedPath } from './file.ts';

/** What the preload script puts on `window`: only what a sandboxed page cannot do by itself. */
export type Bridge = {
  /** Turns dropped files into grants; the page's own code gets their paths in no other way. */
  grantDropped(files: File[]): Promise<GrantedPath[]>;
  platform: string;
};

/** `window.postMessage(connectMessage, location.origin, [port])` hands the page's port to main. */
export const connectMessage = 'layerdeck:connect';
export const connectChannel = 'connect';
export const dropChannel = 'drop';
