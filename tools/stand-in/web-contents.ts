import { randomBytes } from 'node:crypto';
import { record } from './calls.ts';
import { ipcMain } from './ipc-main.ts';
import { ready } from './lifecycle.ts';
import { makeEvent } from './make-event.ts';
import { bindingName, type FromPage, preloadWorld } from './messages.ts';
import { createFromBuffer, type StandInImage } from './native-image.ts';
import { nativeTheme } from './native-theme.ts';
import { installPageScripts } from './page-scripts.ts';
import { openPage, type PageSession } from './page-session.ts';
import { applyPermissions } from './permissions.ts';
import { decidePopups, type WindowOpenHandler } from './popups.ts';
import type { MessagePortMain } from './ports.ts';
import { RendererBridge } from './renderer-bridge.ts';
import { type PausedRequest, watchRequests } from './request-gate.ts';
import { originOf, toReal, toShown } from './scheme.ts';
import { session } from './session.ts';
import { watchSyncCalls } from './sync-bridge.ts';
import { WebContentsDoubles } from './web-contents-doubles.ts';

export type WebPreferences = { preload?: string; additionalArguments?: string[] };
export type Host = { title: string; width: number; height: number; isDestroyed(): boolean; close(): void };

type Frame = { id: string; url: string; parentId?: string };
type Evaluated = { result: { value?: unknown }; exceptionDetails?: { text: string; exception?: { description?: string } } };
type ConsoleCall = { type: string; args: { value?: unknown; description?: string }[] };

/** Electron's WebContents on a page of Chromium. */
export class WebContents extends WebContentsDoubles {
  readonly session = session.defaultSession;
  readonly navigationHistory = { canGoBack: () => false, canGoForward: () => false, clear() {} };
  readonly id: number;
  /** Rejects if Chromium could not open the page. */
  readonly attached: Promise<void>;
  targetId: string | undefined;
  #host: Host;
  #page: PageSession | undefined;
  #bridge: RendererBridge | undefined;
  #frameId = '';
  #url = '';
  #loading = false;
  #expected = new Set<string>();
  #decideOpen: WindowOpenHandler = () => ({ action: 'allow' });

  constructor(host: Host, id: number, preferences: WebPreferences) {
    super();
    this.id = id;
    this.#host = host;
    this.attached = ready.then(() => this.#attach(preferences));
    // whoever loads something gets the failure from that call
    this.attached.catch(() => {});
  }

  async #attach({ preload, additionalArguments = [] }: WebPreferences): Promise<void> {
    const page = await openPage(this.#host.width, this.#host.height);
    this.#page = page;
    this.targetId = page.targetId;
    // the window may be closed again before its page is ready
    if (this.#host.isDestroyed()) return page.close();
    this.#frameId = (await page.send<{ frameTree: { frame: Frame } }>('Page.getFrameTree')).frameTree.frame.id;
    this.#bridge = this.#openBridge(page);
    this.#followPage(page);
    decidePopups(page, (details) => this.#decideOpen(details));
    await Promise.all([
      ...['Page.enable', 'Runtime.enable', 'DOM.enable', 'Inspector.enable'].map((method) => page.send(method)),
      page.send('Runtime.addBinding', { name: bindingName, executionContextName: preloadWorld }),
      watchSyncCalls(page, (channel, args) => this.#answerSync(channel, args)),
      watchRequests(page, (paused) => this.#mayNavigate(paused)),
      installPageScripts(page, randomBytes(9).toString('hex'), preload, additionalArguments),
      this.#applyTheme(page),
    ]);
    nativeTheme.on('updated', () => void this.#applyTheme(page).catch(() => {}));
  }

  #followPage(page: PageSession): void {
    page.on('Page.frameNavigated', ({ frame }: { frame: Frame }) => {
      if (frame.parentId) return;
      this.#url = toReal(frame.url);
      this.emit('did-navigate', makeEvent(), this.#url);
    });
    page.on('Page.frameStartedLoading', ({ frameId }: { frameId: string }) => {
      if (frameId === this.#frameId) this.#loading = true;
    });
    page.on('Page.domContentEventFired', () => this.emit('dom-ready', makeEvent()));
    page.on('Page.loadEventFired', () => {
      this.#loading = false;
      this.emit('did-finish-load', makeEvent());
    });
    page.on('Inspector.targetCrashed', () => {
      this.#bridge?.leave();
      this.emit('render-process-gone', makeEvent(), { reason: 'crashed', exitCode: 1 });
    });
    page.on('Runtime.consoleAPICalled', ({ type, args }: ConsoleCall) => {
      const message = args.map((argument) => String(argument.value ?? argument.description)).join(' ');
      this.emit('console-message', makeEvent({ level: type, message }));
    });
  }

  #openBridge(page: PageSession): RendererBridge {
    const bridge = new RendererBridge(page, this.#frameId);
    bridge.on('invoke', async ({ id, channel, args }: FromPage & { type: 'invoke' }) => {
      try {
        bridge.post({ type: 'reply', id, value: await ipcMain.answer(channel, this.#ipcEvent(), args) });
      } catch (error) {
        bridge.post({ type: 'reply', id, error: `Error invoking remote method '${channel}': ${error}` });
      }
    });
    bridge.on('send', ({ channel, args }: FromPage & { type: 'send' }, ports: MessagePortMain[]) => {
      const event = this.#ipcEvent(ports);
      this.emit('ipc-message', event, channel, ...args);
      ipcMain.emit(channel, event, ...args);
    });
    return bridge;
  }

  #answerSync(channel: string, args: unknown[]): Promise<unknown> {
    return new Promise((resolve) => {
      const event = Object.defineProperty(this.#ipcEvent(), 'returnValue', { set: resolve });
      ipcMain.emit(channel, event, ...args);
    });
  }

  async #mayNavigate({ request, frameId }: PausedRequest): Promise<boolean> {
    if (frameId !== this.#frameId) return true;
    const url = toReal(request.url);
    // the app's own loadURL is not a navigation by the page; nor is a reload
    const isOwn = this.#expected.delete(request.url) || url === this.#url;
    if (!isOwn) {
      const event = makeEvent({ url, isMainFrame: true, isSameDocument: false });
      this.emit('will-navigate', event, url);
      if (event.defaultPrevented) return false;
    }
    await applyPermissions(this, url);
    return true;
  }

  async #applyTheme(page: PageSession): Promise<void> {
    await page.send('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-color-scheme', value: nativeTheme.emulated }] });
  }

  #ipcEvent(ports: MessagePortMain[] = []) {
    const send = (channel: string, ...args: unknown[]) => this.send(channel, ...args);
    return makeEvent({ type: 'frame', sender: this, ports, frameId: 1, processId: this.id, senderFrame: this.mainFrame, reply: send });
  }

  get mainFrame() {
    const url = this.#url;
    return {
      url,
      get origin() {
        return originOf(url);
      },
      parent: null,
      frames: [],
      isDestroyed: () => this.isDestroyed(),
      send: (channel: string, ...args: unknown[]) => this.send(channel, ...args),
      postMessage: (channel: string, message: unknown, transfer?: MessagePortMain[]) => this.postMessage(channel, message, transfer),
    };
  }

  send(channel: string, ...args: unknown[]): void {
    void this.attached.then(() => this.#bridge?.send(channel, args));
  }
  postMessage(channel: string, message: unknown, transfer?: MessagePortMain[]): void {
    void this.attached.then(() => this.#bridge?.send(channel, [message], transfer));
  }

  async loadURL(url: string): Promise<void> {
    await this.attached;
    const shown = toShown(url);
    this.#expected.add(shown);
    const loaded = new Promise<void>((resolve) => this.once('did-finish-load', resolve));
    const { errorText } = await this.#openedPage.send<{ errorText?: string }>('Page.navigate', { url: shown });
    if (errorText) {
      this.emit('did-fail-load', makeEvent(), -2, errorText, url, true);
      throw new Error(`${errorText} (-2) loading '${url}'`);
    }
    await loaded;
  }

  reload(): void {
    this.#page?.post('Page.reload', {});
  }
  reloadIgnoringCache(): void {
    this.#page?.post('Page.reload', { ignoreCache: true });
  }

  async executeJavaScript(expression: string): Promise<unknown> {
    await this.attached;
    const options = { expression, awaitPromise: true, returnByValue: true };
    const { result, exceptionDetails } = await this.#openedPage.send<Evaluated>('Runtime.evaluate', options);
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value;
  }
  async capturePage(): Promise<StandInImage> {
    await this.attached;
    const { data } = await this.#openedPage.send<{ data: string }>('Page.captureScreenshot');
    return createFromBuffer(Buffer.from(data, 'base64'));
  }

  get #openedPage(): PageSession {
    if (!this.#page) throw new Error('Object has been destroyed');
    return this.#page;
  }

  setWindowOpenHandler(handler: WindowOpenHandler): void {
    record('webContents.setWindowOpenHandler', handler);
    this.#decideOpen = handler;
  }
  getURL(): string {
    return this.#url;
  }
  getTitle(): string {
    return this.#host.title;
  }
  isLoading(): boolean {
    return this.#loading;
  }
  isDestroyed(): boolean {
    return this.#host.isDestroyed();
  }
  close(): void {
    this.#host.close();
  }

  /** The window is gone: its ports close, and so does its page if it still exists. */
  handleDestroyed(): void {
    this.#bridge?.leave();
    this.#page?.close();
    this.emit('destroyed');
  }
}
