import { readFileSync } from 'node:fs';
import { makeCodec } from './codec.ts';
import { bindingName, preloadWorld } from './messages.ts';
import { runIsolatedWorld } from './page/isolated-world.ts';
import { runMainWorld } from './page/main-world.ts';
import type { PageSession } from './page-session.ts';

/** Installs the scripts that every document of the page gets before its own: contextBridge's two sides and the preload script. */
export async function installPageScripts(page: PageSession, token: string, preload: string | undefined, argv: string[]): Promise<void> {
  const key = JSON.stringify(token);
  await page.send('Page.addScriptToEvaluateOnNewDocument', { source: `(${runMainWorld})(${key});` });
  if (!preload) return;
  const info = JSON.stringify({ platform: process.platform, arch: process.arch, versions: process.versions, argv });
  const script = `function (require, module, exports, process, global) {${readFileSync(preload, 'utf8')}\n}`;
  await page.send('Page.addScriptToEvaluateOnNewDocument', {
    worldName: preloadWorld,
    // Electron runs preload scripts in the main frame only
    source: `if (window === window.top) (${runIsolatedWorld})(${key}, (${makeCodec})(), globalThis.${bindingName}, ${info}, ${script});`,
  });
}
