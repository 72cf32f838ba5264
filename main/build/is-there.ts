import { access } from 'node:fs/promises';

/** Whether there is a file or folder that a link, if it is one, leads to; with `mode`, one that may be used in that way. */
export const isThere = (file: string, mode?: number): Promise<boolean> =>
  access(file, mode).then(
    () => true,
    () => false,
  );
