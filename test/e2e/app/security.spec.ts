import { connectMessage } from '../../../contract/bridge.ts';
import { expect, test } from '../../support/window/app.ts';
import { injectClient, isForgedAnswered } from '../../support/window/speak-to-main.ts';
import { startVisitedServer } from '../../support/window/visited-server.ts';

test('the page has nothing of Node, only the two names of the preload script', async ({ window }) => {
  expect(
    await window.evaluate(() => ['require', 'process', 'module', 'Buffer', 'ipcRenderer'].filter((name) => name in globalThis)),
  ).toEqual([]);
  expect(await window.evaluate(() => Object.keys(globalThis.window.layerdeck).toSorted())).toEqual(['grantDropped', 'platform']);
});

test('the page cannot be navigated elsewhere', async ({ app, window }) => {
  await using elsewhere = await startVisitedServer();
  await app.evaluate(({ BrowserWindow }) => {
    process.env.E2E_PREVENTED = '';
    BrowserWindow.getAllWindows()[0]?.webContents.on('will-navigate', (event) => {
      process.env.E2E_PREVENTED += `${event.defaultPrevented} `;
    });
  });
  await window.evaluate(() => Object.assign(globalThis, { stillHere: true }));
  await window.evaluate((url) => location.assign(url), elsewhere.url);
  await expect.poll(() => app.evaluate(() => process.env.E2E_PREVENTED)).toBe('true ');
  await window.evaluate((url) => {
    const link = document.createElement('a');
    link.href = url;
    document.body.append(link);
    link.click();
    link.remove();
  }, elsewhere.url);
  await expect.poll(() => app.evaluate(() => process.env.E2E_PREVENTED)).toBe('true true ');
  await expect(window.getByRole('heading', { name: 'Images', level: 1 })).toBeVisible();
  expect(await window.evaluate(() => 'stillHere' in globalThis)).toBe(true);
  expect(elsewhere.visits).toEqual([]);
});

test('no second window opens', async ({ app, window }) => {
  await using elsewhere = await startVisitedServer();
  await window.evaluate((url) => {
    globalThis.open(new URL('opened', url));
    globalThis.open('about:blank');
    const link = Object.assign(document.createElement('a'), { href: new URL('linked', url).href, target: '_blank' });
    document.body.append(link);
    link.click();
    link.remove();
  }, elsewhere.url);
  await expect.poll(() => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
  await expect.poll(() => app.windows().filter((each) => !each.isClosed()).length).toBe(1);
  expect(elsewhere.visits).toEqual([]);
});

test('the policy admits no script, picture, style, frame or connection from elsewhere', async ({ window }) => {
  await using elsewhere = await startVisitedServer();
  const refused = await window.evaluate(async (url) => {
    const directives: string[] = [];
    const enough = new Promise<void>((resolve) => {
      document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => {
        directives.push(effectiveDirective);
        if (new Set(directives).size === 6) resolve();
      });
    });
    const add = (tag: string, properties: object) => document.body.append(Object.assign(document.createElement(tag), properties));
    add('script', { textContent: 'globalThis.inlineScriptRan = true' });
    add('script', { src: url });
    add('img', { src: url });
    add('style', { textContent: 'body { color: red }' });
    add('iframe', { src: url });
    add('object', { data: url });
    await fetch(url).catch(() => {});
    await enough;
    return [...new Set(directives)].toSorted();
  }, elsewhere.url);
  expect(refused).toEqual(['connect-src', 'frame-src', 'img-src', 'object-src', 'script-src-elem', 'style-src-elem']);
  expect(await window.evaluate(() => 'inlineScriptRan' in globalThis)).toBe(false);
  expect(elsewhere.visits).toEqual([]);
});

test('text is not run as a program', async ({ window }) => {
  const outcome = await window.evaluate(
    () =>
      new Promise<string>((resolve) => {
        // later, and so not on behalf of the test, which may do what the page may not
        setTimeout(() => {
          try {
            resolve(String(new Function('return "it ran"')()));
          } catch (error) {
            resolve((error as Error).name);
          }
        });
      }),
  );
  expect(outcome).toBe('EvalError');
});

test('no permission is granted', async ({ window }) => {
  expect(await window.evaluate(() => Notification.requestPermission())).toBe('denied');
  const position = await window.evaluate(
    () =>
      new Promise<number>((resolve) =>
        navigator.geolocation.getCurrentPosition(
          () => resolve(0),
          ({ code }) => resolve(code),
        ),
      ),
  );
  expect(position).toBe(1);
  const camera = await window.evaluate(() =>
    navigator.mediaDevices.getUserMedia({ video: true }).then(
      () => 'given',
      ({ name }) => name,
    ),
  );
  expect(['NotAllowedError', 'NotFoundError']).toContain(camera);
});

test('a port that comes with another message, or from a frame, is not served', async ({ window }) => {
  await injectClient(window);
  expect(await isForgedAnswered(window, connectMessage)).toBe(true);
  expect(await isForgedAnswered(window, 'layerdeck:other')).toBe(false);
  await window.evaluate(() => document.body.append(Object.assign(document.createElement('iframe'), { name: 'forger' })));
  const frame = window.frame({ name: 'forger' });
  if (!frame) throw new Error('no frame');
  await injectClient(frame);
  expect(await isForgedAnswered(frame, connectMessage)).toBe(false);
});

if (process.env.LAYERDECK_ELECTRON === 'real') {
  test('the window’s page is sandboxed', async ({ app, window }) => {
    await expect(window.getByRole('main')).toBeVisible();
    const preferences = await app.evaluate(({ BrowserWindow }) => {
      const [first] = BrowserWindow.getAllWindows();
      if (!first) return {};
      // Electron's own tests read it like this; its types leave it out
      const contents = first.webContents as unknown as { getLastWebPreferences(): Record<string, unknown> };
      return contents.getLastWebPreferences();
    });
    expect(preferences).toMatchObject({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
    });
  });
}
