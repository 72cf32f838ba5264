import { cdp, headed } from './browser.ts';
import type { Params } from './cdp.ts';

type TargetInfo = { targetId: string; type: string; url: string };

let appWindowTaken = false;

/** One page of Chromium and the debugging session that drives it. */
export class PageSession {
  readonly targetId: string;
  readonly #id: string;

  constructor(targetId: string, sessionId: string) {
    this.targetId = targetId;
    this.#id = sessionId;
  }

  send<Result = Params>(method: string, params: Params = {}): Promise<Result> {
    return cdp().send<Result>(method, params, this.#id);
  }

  post(method: string, params: Params): void {
    cdp().post(method, params, this.#id);
  }

  on<Event>(method: string, listener: (event: Event) => void): void {
    cdp().on(`${this.#id}:${method}`, listener);
  }

  close(): void {
    cdp().post('Target.closeTarget', { targetId: this.targetId });
  }
}

/** Opens a window of the given size and attaches to its page. */
export async function openPage(width: number, height: number): Promise<PageSession> {
  const targetId = (await takeAppWindow()) ?? (await createWindow(width, height));
  const { sessionId } = await cdp().send<{ sessionId: string }>('Target.attachToTarget', { targetId, flatten: true });
  await resizePage(targetId, { width, height });
  return new PageSession(targetId, sessionId);
}

/** Moves or resizes the window around a page. */
export async function resizePage(targetId: string, bounds: { x?: number; y?: number; width?: number; height?: number }): Promise<void> {
  const { windowId } = await cdp().send<{ windowId: number }>('Browser.getWindowForTarget', { targetId });
  const { x, y, width, height } = bounds;
  await cdp().send('Browser.setWindowBounds', { windowId, bounds: { left: x, top: y, width, height } });
}

async function createWindow(width: number, height: number): Promise<string> {
  const options = { url: 'about:blank', newWindow: true, width, height };
  return (await cdp().send<{ targetId: string }>('Target.createTarget', options)).targetId;
}

/** A visible Chromium starts with one window without tabs, which becomes the first. */
async function takeAppWindow(): Promise<string | undefined> {
  if (!headed || appWindowTaken) return undefined;
  appWindowTaken = true;
  const { targetInfos } = await cdp().send<{ targetInfos: TargetInfo[] }>('Target.getTargets');
  const known = targetInfos.find((target) => target.type === 'page');
  if (known) return known.targetId;
  return new Promise((resolve) => {
    const seen = ({ targetInfo }: { targetInfo: TargetInfo }) => {
      if (targetInfo.type !== 'page') return;
      cdp().off(':Target.targetCreated', seen);
      resolve(targetInfo.targetId);
    };
    cdp().on(':Target.targetCreated', seen);
  });
}
