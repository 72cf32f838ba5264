import { once } from 'node:events';
import { type AddressInfo, createServer as listen } from 'node:net';
import { join } from 'node:path';
import { createServer } from 'vite';

const host = '127.0.0.1';

/** Serves the window's page from its sources, and reports changes to it. Answers only this computer. */
export async function servePage(root: string): Promise<{ origin: string; close(): Promise<void> }> {
  const port = await freePort();
  const server = await createServer({
    configFile: join(root, 'vite.config.ts'),
    root: join(root, 'renderer'),
    mode: 'development',
    // the page is shown under another address than the server's, and has to know where its updates come from
    server: { host, port, strictPort: true, hmr: { protocol: 'ws', host, clientPort: port } },
    logLevel: 'warn',
  });
  await server.listen();
  return { origin: `http://${host}:${port}`, close: () => server.close() };
}

async function freePort(): Promise<number> {
  const probe = listen().listen(0, host);
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}
