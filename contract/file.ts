import * as z from 'zod';

/** A token for a path that the person chose or dropped; the window can never name a path itself. */
export const Grant = z.string().regex(/^[0-9a-f]{32}$/);

export type GrantedPath = {
  grant: string;
  name: string;
  /** For display only. */
  path: string;
  /** Bytes; 0 for a folder. */
  size: number;
  /** `receipt`: the list of layers that another computer has. */
  kind: 'folder' | 'tarball' | 'receipt' | 'other';
  /** Why a file of kind `other` can be neither loaded nor imported, as a sentence. */
  reason?: string;
  /** The grant of a Dockerfile in the folder, if the person gave that file instead of the folder. */
  dockerfile?: string;
};

export type GrantedTarget = { grant: string; name: string; path: string };
