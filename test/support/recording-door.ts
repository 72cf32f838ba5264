import { once } from 'node:events';
import { createServer, type IncomingMessage, request } from 'node:http';
import { connect, type Socket } from 'node:net';
import { WorkFolder } from './work-folder.ts';

type Request = { method: string; url: string };

/**
 * A proxy in front of an engine that writes down every request, those that become a raw connection as well. With `newest` it
 * makes the engine name another version as its newest.
 */
export async function startRecordingDoor(host: string, { newest }: { newest?: string } = {}) {
  const socketPath = host.replace('unix://', '');
  const seen: Request[] = [];
  const folder = new WorkFolder();
  const sockets = new Set<Socket>();
  const note = ({ method = '', url = '' }: IncomingMessage): void => void seen.push({ method, url });
  const server = createServer((near, answer) => {
    note(near);
    const far = request({ socketPath, method: near.method, path: near.url, headers: near.headers });
    far.on('error', () => near.socket.destroy());
    far.on('response', (from) => {
      answer.writeHead(from.statusCode ?? 500, {
        ...from.headers,
        ...(newest && from.headers['api-version'] && { 'api-version': newest }),
      });
      answer.flushHeaders();
      from.pipe(answer);
    });
    near.pipe(far);
    answer.on('close', () => far.destroy());
  });
  server.on('upgrade', (near, socket: Socket, head) => {
    note(near);
    const far = connect(socketPath);
    for (const one of [socket, far]) sockets.add(one.on('error', () => {}).on('close', () => [socket, far].map((each) => each.destroy())));
    const lines = near.rawHeaders.flatMap((name, at) => (at % 2 === 0 ? [`${name}: ${near.rawHeaders[at + 1]}`] : []));
    far.write(`${[`${near.method} ${near.url} HTTP/1.1`, ...lines].join('\r\n')}\r\n\r\n`);
    far.write(head);
    socket.pipe(far).pipe(socket);
  });
  await once(server.listen(folder.file('door.sock')), 'listening');
  return {
    host: `unix://${folder.file('door.sock')}`,
    seen,
    [Symbol.dispose]: () => {
      server.close();
      server.closeAllConnections();
      for (const socket of sockets) socket.destroy();
      folder[Symbol.dispose]();
    },
  };
}
