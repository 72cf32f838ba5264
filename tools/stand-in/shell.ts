import { record } from './calls.ts';

/** Electron's `shell`: records what would have been opened. */
export const shell = {
  async openExternal(...args: unknown[]): Promise<void> {
    record('shell.openExternal', ...args);
  },
  async openPath(...args: unknown[]): Promise<string> {
    record('shell.openPath', ...args);
    return '';
  },
  showItemInFolder(path: string): void {
    record('shell.showItemInFolder', path);
  },
  async trashItem(path: string): Promise<void> {
    record('shell.trashItem', path);
  },
  beep(): void {
    record('shell.beep');
  },
};
