import { once } from 'node:events';
import { request as ask, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

type How = {
  /** The address that it listens at. */
  host: string;
  /** Where requests go on to, on this computer. */
  port: number;
  /** Sends whoever wants a blob to another place, as registries with storage elsewhere do. */
  blobsAt?: string;
};

/** A door in front of a registry that writes down which kind of authorization comes with each request, and each whole one. */
export async function openWatchedDoor({ host, port, blobsAt }: How) {
  const seen: string[] = [];
  const server = createServer((request, answer) => {
    seen.push(request.headers.authorization ?? 'none');
    if (blobsAt !== undefined && request.method === 'GET' && /\/blobs\/sha256:/.test(request.url ?? '')) {
      answer.writeHead(307, { location: `${blobsAt}${request.url}` }).end();
      return;
    }
    const onward = ask({ host: '127.0.0.1', port, method: request.method, path: request.url, headers: request.headers }, (said) => {
      answer.writeHead(said.statusCode ?? 502, said.headers);
      said.pipe(answer);
    });
    onward.on('error', () => answer.destroy());
    request.pipe(onward);
  }).listen(0, host);
  await once(server, 'listening');
  return {
    origin: `http://${host}:${(server.address() as AddressInfo).port}`,
    seen,
    [Symbol.dispose]: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
