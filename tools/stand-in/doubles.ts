import { EventEmitter } from 'node:events';
import { record } from './calls.ts';

// Parts of Electron that only have to exist.

export class Tray extends EventEmitter {
  setToolTip(): void {}
  setContextMenu(): void {}
  setImage(): void {}
  destroy(): void {}
}

export const powerMonitor = new EventEmitter();
export const autoUpdater = new EventEmitter();

export const powerSaveBlocker = {
  start(type: string): number {
    record('powerSaveBlocker.start', type);
    return 1;
  },
  stop: (id: number): void => record('powerSaveBlocker.stop', id),
  isStarted: (): boolean => true,
};

export const globalShortcut = {
  register(accelerator: string): boolean {
    record('globalShortcut.register', accelerator);
    return true;
  },
  unregister: (accelerator: string): void => record('globalShortcut.unregister', accelerator),
  unregisterAll: (): void => record('globalShortcut.unregisterAll'),
  isRegistered: (): boolean => false,
};

export const crashReporter = { start: (options: unknown): void => record('crashReporter.start', options) };
