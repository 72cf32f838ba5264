import { EventEmitter } from 'node:events';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { app } from './app.ts';
import { record } from './calls.ts';
import { makeEvent } from './make-event.ts';
import { resizePage } from './page-session.ts';
import { type Host, WebContents, type WebPreferences } from './web-contents.ts';
import { windows } from './windows.ts';

type Bounds = { x: number; y: number; width: number; height: number };
type Options = Partial<Bounds> & { title?: string; show?: boolean; webPreferences?: WebPreferences };

let nextId = 1;

/** Electron's BrowserWindow. Without a display its states (maximized, focused, …) are only remembered. */
export class BrowserWindow extends EventEmitter implements Host {
  readonly id = nextId++;
  readonly webContents: WebContents;
  title: string;
  #bounds: Bounds;
  #destroyed = false;
  #visible: boolean;
  #state: 'normal' | 'maximized' | 'minimized' | 'full-screen' = 'normal';

  static getAllWindows(): BrowserWindow[] {
    return [...windows.values()];
  }
  static fromWebContents(contents: WebContents | null): BrowserWindow | null {
    return BrowserWindow.getAllWindows().find((window) => window.webContents === contents) ?? null;
  }
  static fromId(id: number): BrowserWindow | null {
    return windows.get(id) ?? null;
  }
  static getFocusedWindow(): BrowserWindow | null {
    return BrowserWindow.getAllWindows().at(-1) ?? null;
  }

  constructor(options: Options = {}) {
    super();
    const { x = 0, y = 0, width = 800, height = 600, title = app.name, show = true, webPreferences = {} } = options;
    this.#bounds = { x, y, width, height };
    this.#visible = show;
    this.title = title;
    this.webContents = new WebContents(this, this.id, webPreferences);
    this.webContents.once('did-finish-load', () => this.emit('ready-to-show'));
    windows.set(this.id, this);
    app.emit('web-contents-created', makeEvent(), this.webContents);
    app.emit('browser-window-created', makeEvent(), this);
  }

  loadURL(url: string): Promise<void> {
    return this.webContents.loadURL(url);
  }
  loadFile(file: string): Promise<void> {
    return this.loadURL(pathToFileURL(resolve(app.getAppPath(), file)).href);
  }
  reload(): void {
    this.webContents.reload();
  }

  /** Closes unless a listener of `close` prevents it. */
  close(): void {
    if (this.#destroyed) return;
    const event = makeEvent();
    this.emit('close', event);
    if (!event.defaultPrevented) this.destroy();
  }

  destroy(): void {
    if (this.#destroyed) return;
    this.#destroyed = true;
    windows.delete(this.id);
    this.webContents.handleDestroyed();
    this.emit('closed');
    if (windows.size > 0 || app.isQuitting) return;
    if (!app.emit('window-all-closed')) app.quit();
  }

  /** Its page is gone: the user closed the window, or Chromium ended. Nothing can prevent that any more. */
  handleGone(): void {
    if (this.#destroyed) return;
    this.emit('close', makeEvent());
    this.destroy();
  }

  isDestroyed(): boolean {
    return this.#destroyed;
  }

  show(): void {
    this.#visible = true;
    this.emit('show');
  }
  showInactive(): void {
    this.show();
  }
  hide(): void {
    this.#visible = false;
    this.emit('hide');
  }
  isVisible(): boolean {
    return this.#visible;
  }
  focus(): void {
    record('BrowserWindow.focus', this.id);
    this.emit('focus');
  }
  blur(): void {
    this.emit('blur');
  }
  isFocused(): boolean {
    return this.#visible;
  }
  moveTop(): void {}

  maximize(): void {
    this.#enter('maximized', 'maximize');
  }
  unmaximize(): void {
    this.#enter('normal', 'unmaximize');
  }
  minimize(): void {
    this.#enter('minimized', 'minimize');
  }
  restore(): void {
    this.#enter('normal', 'restore');
  }
  setFullScreen(full: boolean): void {
    this.#enter(full ? 'full-screen' : 'normal', full ? 'enter-full-screen' : 'leave-full-screen');
  }
  #enter(state: 'normal' | 'maximized' | 'minimized' | 'full-screen', event: string): void {
    if (state === this.#state) return;
    this.#state = state;
    this.emit(event);
  }
  isMaximized(): boolean {
    return this.#state === 'maximized';
  }
  isMinimized(): boolean {
    return this.#state === 'minimized';
  }
  isFullScreen(): boolean {
    return this.#state === 'full-screen';
  }

  get width(): number {
    return this.#bounds.width;
  }
  get height(): number {
    return this.#bounds.height;
  }
  getBounds(): Bounds {
    return { ...this.#bounds };
  }
  getNormalBounds(): Bounds {
    return this.getBounds();
  }
  getContentBounds(): Bounds {
    return this.getBounds();
  }
  setBounds(bounds: Partial<Bounds>): void {
    Object.assign(this.#bounds, bounds);
    const { targetId } = this.webContents;
    // a window that is closing needs no new size
    if (targetId) resizePage(targetId, bounds).catch(() => {});
    this.emit('resize');
  }
  getSize(): [number, number] {
    return [this.#bounds.width, this.#bounds.height];
  }
  getContentSize(): [number, number] {
    return this.getSize();
  }
  setSize(width: number, height: number): void {
    this.setBounds({ width, height });
  }
  setContentSize(width: number, height: number): void {
    this.setBounds({ width, height });
  }
  getPosition(): [number, number] {
    return [this.#bounds.x, this.#bounds.y];
  }
  setPosition(x: number, y: number): void {
    this.setBounds({ x, y });
  }
  center(): void {}

  getTitle(): string {
    return this.title;
  }
  setTitle(title: string): void {
    this.title = title;
  }
  setProgressBar(...args: unknown[]): void {
    record('BrowserWindow.setProgressBar', ...args);
  }
  setRepresentedFilename(...args: unknown[]): void {
    record('BrowserWindow.setRepresentedFilename', ...args);
  }
  flashFrame(...args: unknown[]): void {
    record('BrowserWindow.flashFrame', ...args);
  }
  setBackgroundColor(...args: unknown[]): void {
    record('BrowserWindow.setBackgroundColor', ...args);
  }
  setTitleBarOverlay(...args: unknown[]): void {
    record('BrowserWindow.setTitleBarOverlay', ...args);
  }
  setMinimumSize(): void {}
  setDocumentEdited(): void {}
  setMenu(): void {}
  removeMenu(): void {}
  setMenuBarVisibility(): void {}
  setAutoHideMenuBar(): void {}
  setIcon(): void {}
  setOverlayIcon(): void {}
}
