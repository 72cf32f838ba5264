import { access } from 'node:fs/promises';

/** Whether a file or folder exists, following links; with `mode`, whether it may also be used in that way. */
export const isThere = (file: string, mode?: number): Promise<boolean> =>
  access(file, mode).then(
    () => true,
    () => false,
  );
