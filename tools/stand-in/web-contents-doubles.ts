import { EventEmitter } from 'node:events';
import { record } from './calls.ts';

/** Calls that a page of Chromium has no use for: recorded, or always answered the same. */
export class WebContentsDoubles extends EventEmitter {
  async insertCSS(css: string): Promise<string> {
    record('webContents.insertCSS', css);
    return '';
  }
  startDrag(item: unknown): void {
    record('webContents.startDrag', item);
  }
  openDevTools(...args: unknown[]): void {
    record('webContents.openDevTools', ...args);
  }
  closeDevTools(): void {}
  toggleDevTools(): void {}
  isDevToolsOpened(): boolean {
    return false;
  }
  setZoomFactor(): void {}
  setZoomLevel(): void {}
  getZoomFactor(): number {
    return 1;
  }
  getZoomLevel(): number {
    return 0;
  }
  setVisualZoomLevelLimits(): void {}
  setIgnoreMenuShortcuts(): void {}
  focus(): void {}
  isFocused(): boolean {
    return true;
  }
  getType(): string {
    return 'window';
  }
  isCrashed(): boolean {
    return false;
  }
  getOSProcessId(): number {
    return process.pid;
  }
}
