import { EventEmitter } from 'node:events';
import { findAppPath } from './app-paths.ts';
import { findBrowser } from './browser.ts';
import { record } from './calls.ts';
import { CommandLine } from './command-line.ts';
import { isReady, ready } from './lifecycle.ts';
import { makeEvent } from './make-event.ts';
import { createEmptyImage, type StandInImage } from './native-image.ts';
import { isInstanceLocked, lockInstance, unlockInstance } from './single-instance.ts';
import { windows } from './windows.ts';

type Manifest = { name?: string; productName?: string; version?: string };

/** Electron's `app`: the life of the whole application. */
class App extends EventEmitter {
  name = 'Electron';
  isPackaged = false;
  readonly commandLine = new CommandLine();
  #folder = process.cwd();
  #version = '0.0.0';
  #paths = new Map<string, string>();
  #quitting = false;
  #exiting = false;

  /** What the app's package.json says. */
  describe(folder: string, manifest: Manifest): void {
    this.#folder = folder;
    this.name = manifest.productName ?? manifest.name ?? this.name;
    this.#version = manifest.version ?? this.#version;
  }

  whenReady(): Promise<void> {
    return ready;
  }
  isReady(): boolean {
    return isReady;
  }
  get isQuitting(): boolean {
    return this.#quitting || this.#exiting;
  }

  getName(): string {
    return this.name;
  }
  setName(name: string): void {
    this.name = name;
  }
  getVersion(): string {
    return this.#version;
  }
  getAppPath(): string {
    return this.#folder;
  }
  getPath(name: string): string {
    return this.#paths.get(name) ?? findAppPath(name, this.name);
  }
  setPath(name: string, path: string): void {
    this.#paths.set(name, path);
  }
  getLocale(): string {
    return 'en-US';
  }
  getSystemLocale(): string {
    return 'en-US';
  }
  getPreferredSystemLanguages(): string[] {
    return ['en-US'];
  }

  /** Asks every window to close, then ends; each step can be prevented. */
  quit(): void {
    if (this.isQuitting) return;
    this.#quitting = true;
    this.#quitting = this.#closeEverything();
    if (this.#quitting) this.exit(0);
  }

  #closeEverything(): boolean {
    const before = makeEvent();
    this.emit('before-quit', before);
    if (before.defaultPrevented) return false;
    for (const window of [...windows.values()]) {
      window.close();
      if (!window.isDestroyed()) return false;
    }
    const will = makeEvent();
    this.emit('will-quit', will);
    return !will.defaultPrevented;
  }

  /** Ends at once, as soon as Chromium is gone, too. */
  exit(code = 0): void {
    if (this.#exiting) return;
    this.#exiting = true;
    this.emit('quit', makeEvent(), code);
    unlockInstance();
    const closed = findBrowser()?.close();
    if (closed) void closed.finally(() => process.exit(code));
    else process.exit(code);
  }

  requestSingleInstanceLock(data: unknown = {}): boolean {
    const message = { argv: process.argv, cwd: process.cwd(), data };
    return lockInstance(this.getPath('userData'), message, (second) => {
      this.emit('second-instance', makeEvent(), second.argv, second.cwd, second.data);
    });
  }
  hasSingleInstanceLock(): boolean {
    return isInstanceLocked();
  }
  releaseSingleInstanceLock(): void {
    unlockInstance();
  }

  enableSandbox(): void {
    record('app.enableSandbox');
  }
  relaunch(...args: unknown[]): void {
    record('app.relaunch', ...args);
  }
  setAppUserModelId(...args: unknown[]): void {
    record('app.setAppUserModelId', ...args);
  }
  addRecentDocument(...args: unknown[]): void {
    record('app.addRecentDocument', ...args);
  }
  setAsDefaultProtocolClient(...args: unknown[]): boolean {
    record('app.setAsDefaultProtocolClient', ...args);
    return true;
  }
  setBadgeCount(...args: unknown[]): boolean {
    record('app.setBadgeCount', ...args);
    return true;
  }
  async getFileIcon(): Promise<StandInImage> {
    return createEmptyImage();
  }
  setDesktopName(): void {}
  setAboutPanelOptions(): void {}
  showAboutPanel(): void {}
  clearRecentDocuments(): void {}
  disableHardwareAcceleration(): void {}
  focus(): void {}
  hide(): void {}
  show(): void {}
}

export const app = new App();
