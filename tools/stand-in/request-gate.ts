import type { PageSession } from './page-session.ts';
import { schemeHandlers, shownPattern, toReal } from './scheme.ts';

export type PausedRequest = {
  requestId: string;
  request: { url: string; method: string; headers: Record<string, string>; postData?: string };
  resourceType: string;
  frameId: string;
};

/** Stops requests for the app's own addresses, and every navigation. `mayNavigate` is asked about the latter. */
export async function watchRequests(page: PageSession, mayNavigate: (request: PausedRequest) => Promise<boolean>): Promise<void> {
  page.on('Fetch.requestPaused', async (paused: PausedRequest) => {
    if (paused.resourceType === 'Document' && !(await mayNavigate(paused))) {
      page.post('Fetch.failRequest', { requestId: paused.requestId, errorReason: 'Aborted' });
    } else await answer(page, paused);
  });
  await page.send('Fetch.enable', { patterns: [{ urlPattern: shownPattern }, { urlPattern: '*', resourceType: 'Document' }] });
}

async function answer(page: PageSession, { requestId, request }: PausedRequest): Promise<void> {
  const url = toReal(request.url);
  const handler = schemeHandlers.get(url.slice(0, url.indexOf(':')));
  if (!handler) return page.post('Fetch.continueRequest', { requestId });
  try {
    const { method, headers, postData } = request;
    const response = await handler(new Request(url, { method, headers, ...(postData !== undefined && { body: postData }) }));
    page.post('Fetch.fulfillRequest', {
      requestId,
      responseCode: response.status,
      responseHeaders: [...response.headers].map(([name, value]) => ({ name, value })),
      body: Buffer.from(await response.arrayBuffer()).toString('base64'),
    });
  } catch (error) {
    console.error('stand-in: the protocol handler failed', error);
    page.post('Fetch.failRequest', { requestId, errorReason: 'Failed' });
  }
}
