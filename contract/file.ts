import * as z from 'zod';

/** A word that stands for a path the user chose or dropped; the window never gets to name a path itself. */
export const Grant = z.string().regex(/^[0-9a-f]{32}$/);

export type GrantedPath = {
  grant: string;
  name: string;
  /** Only to be shown. */
  path: string;
  /** Bytes; 0 for a folder. */
  size: number;
  kind: 'folder' | 'tarball' | 'other';
  /** Why a file of kind `other` can be neither loaded nor imported, in plain words. */
  reason?: string;
};

export type GrantedTarget = { grant: string; name: string; path: string };
