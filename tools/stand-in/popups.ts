import type { Cdp } from './cdp.ts';
import type { PageSession } from './page-session.ts';

export type WindowOpenDetails = { url: string; frameName: string; features: string; disposition: string };
export type WindowOpenHandler = (details: WindowOpenDetails) => { action: 'allow' | 'deny' };

type WindowOpen = { url: string; windowName: string; windowFeatures: string[] };
type Attached = { sessionId: string; targetInfo: { targetId: string; openerId?: string; canAccessOpener: boolean } };

const deciders = new Map<string, () => 'allow' | 'deny'>();

/** Holds every new page until its opener is known, and closes a page that the opener's handler denies before it loads anything. */
export async function holdNewPages(cdp: Cdp): Promise<void> {
  cdp.on(':Target.attachedToTarget', ({ sessionId, targetInfo }: Attached) => {
    const decide = deciders.get(targetInfo.openerId ?? '');
    if (decide?.() === 'deny') {
      // One whose opener holds it has to run, or the opener would wait for ever; nobody answers its requests. A link's must not:
      // it loads in a process of its own, where the requests may be on their way before they are held.
      if (targetInfo.canAccessOpener) {
        cdp.post('Fetch.enable', {}, sessionId);
        cdp.post('Runtime.runIfWaitingForDebugger', {}, sessionId);
      }
      cdp.post('Target.closeTarget', { targetId: targetInfo.targetId });
    } else cdp.post('Runtime.runIfWaitingForDebugger', {}, sessionId);
  });
  const filter = [{ type: 'page' }, { exclude: true }];
  await cdp.send('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: true, flatten: true, filter });
}

/** Lets the app's handler decide about windows that this page opens. */
export function decidePopups(page: PageSession, handler: WindowOpenHandler): void {
  const announced: WindowOpen[] = [];
  page.on('Page.windowOpen', (event: WindowOpen) => announced.push(event));
  deciders.set(page.targetId, () => {
    const { url, windowName, windowFeatures } = announced.shift() ?? { url: '', windowName: '', windowFeatures: [] };
    const disposition = windowFeatures.some((feature) => /^(width|height)=/.test(feature)) ? 'new-window' : 'foreground-tab';
    return handler({ url, frameName: windowName, features: disposition === 'new-window' ? windowFeatures.join(',') : '', disposition })
      .action;
  });
}
