import { cdp } from './browser.ts';
import type { PageSession } from './page-session.ts';

export type WindowOpenDetails = { url: string; frameName: string; features: string; disposition: string };
export type WindowOpenHandler = (details: WindowOpenDetails) => { action: 'allow' | 'deny' };

type WindowOpen = { url: string; windowName: string; windowFeatures: string[] };
type Attached = { sessionId: string; targetInfo: { targetId: string; type: string; url: string } };

/** Holds every window that the page opens until the app's handler has decided. What it denies is closed before it loads anything. */
export async function watchPopups(page: PageSession, decide: WindowOpenHandler): Promise<void> {
  const announced: WindowOpen[] = [];
  page.on('Page.windowOpen', (event: WindowOpen) => announced.push(event));
  page.on('Target.attachedToTarget', ({ sessionId, targetInfo }: Attached) => {
    if (targetInfo.type !== 'page') return cdp().post('Runtime.runIfWaitingForDebugger', {}, sessionId);
    const open = announced.shift() ?? { url: targetInfo.url, windowName: '', windowFeatures: [] };
    const features = open.windowFeatures.join(',');
    const { action } = decide({
      url: open.url,
      frameName: open.windowName,
      features,
      disposition: features ? 'new-window' : 'foreground-tab',
    });
    if (action === 'deny') cdp().post('Target.closeTarget', { targetId: targetInfo.targetId });
    else cdp().post('Runtime.runIfWaitingForDebugger', {}, sessionId);
  });
  await page.send('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: true, flatten: true });
}
