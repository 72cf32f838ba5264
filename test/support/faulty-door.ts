import { once } from 'node:events';
import { createServer, type IncomingMessage, request } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What goes wrong with a request: a status in place of the registry's answer, the connection cut after so many bytes, or before any answer. */
export type Fault =
  | { status: number; headers?: Record<string, string> }
  | { cutAnswerAfter: number }
  | { cutRequestAfter: number }
  | { loseAnswer: true };

/** A proxy in front of a registry or an engine that breaks the requests it is asked to, and counts what passes. */
export async function startFaultyDoor(
  target: { port: number } | { socketPath: string },
  faultOf: (request: IncomingMessage, nth: number) => Fault | undefined,
) {
  const seen: { method: string; url: string; fault?: Fault }[] = [];
  const server = createServer((near, answer) => {
    const { method = 'GET', url = '/' } = near;
    const nth = seen.filter((one) => one.method === method && one.url === url).length + 1;
    const fault = faultOf(near, nth);
    seen.push({ method, url, ...(fault && { fault }) });
    if (fault && 'status' in fault) {
      near.resume();
      answer.writeHead(fault.status, fault.headers).end('{"errors":[{"code":"FAULT","message":"made by the test"}]}');
      return;
    }
    const far = request({ host: '127.0.0.1', ...target, method, path: url, headers: near.headers });
    far.on('error', () => near.socket.destroy());
    far.on('response', (from) => {
      if (fault && 'loseAnswer' in fault) {
        from.resume();
        near.socket.destroy();
        return;
      }
      answer.writeHead(from.statusCode ?? 500, from.headers);
      let passed = 0;
      from.on('data', (chunk: Buffer) => {
        passed += chunk.length;
        answer.write(chunk);
        if (fault && 'cutAnswerAfter' in fault && passed >= fault.cutAnswerAfter) near.socket.destroy();
      });
      from.on('end', () => answer.end());
      from.on('error', () => near.socket.destroy());
    });
    let sent = 0;
    near.on('data', (chunk: Buffer) => {
      sent += chunk.length;
      far.write(chunk);
      if (fault && 'cutRequestAfter' in fault && sent >= fault.cutRequestAfter) near.socket.destroy();
    });
    near.on('end', () => far.end());
    near.on('error', () => far.destroy());
    near.on('close', () => !near.complete && far.destroy());
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    address: `localhost:${port}`,
    seen,
    [Symbol.dispose]: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
