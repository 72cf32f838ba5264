import { once } from 'node:events';
import { type AddressInfo, createServer, type Server } from 'node:net';

/** Occupies a port of this computer; if something else does already, that will do. */
export async function takePort(port: number): Promise<Disposable> {
  const server = await new Promise<Server | undefined>((resolve) => {
    const listening = createServer()
      .once('error', () => resolve(undefined))
      .listen(port, '127.0.0.1', () => resolve(listening));
  });
  return { [Symbol.dispose]: () => void server?.close() };
}

/** A port that is free and that no other test asks for by its number, as they do for those that registries usually have. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
