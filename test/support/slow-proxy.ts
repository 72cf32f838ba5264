import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { Transform } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';

/** A proxy in front of a registry that lets through so many bytes a second each way, and can be closed abruptly. */
export async function startSlowProxy(target: { host: string; port: number }, bytesPerSecond: number) {
  const sockets = new Set<Socket>();
  let sent = 0;
  let got = 0;
  const server = createServer((near) => {
    const far = connect(target.port, target.host);
    for (const socket of [near, far]) sockets.add(socket.on('error', () => {}).on('close', () => sockets.delete(socket)));
    near.on('close', () => far.destroy());
    // in the other direction nothing is cut: an answer may still be on its way when the far side has closed
    const toFar = slow(bytesPerSecond).on('data', (chunk: Buffer) => {
      sent += chunk.length;
    });
    near.pipe(toFar).pipe(far);
    const toNear = slow(bytesPerSecond).on('data', (chunk: Buffer) => {
      got += chunk.length;
    });
    far.pipe(toNear).pipe(near);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const slam = () => {
    server.close();
    for (const socket of sockets) socket.destroy();
  };
  /** Bytes that have got through to the registry. */
  const sentBytes = () => sent;
  /** Bytes that have come back from it. */
  const gotBytes = () => got;
  return { address: `localhost:${port}`, sentBytes, gotBytes, slam, [Symbol.dispose]: slam };
}

const slow = (bytesPerSecond: number): Transform =>
  new Transform({
    highWaterMark: 16 * 1024,
    async transform(chunk: Buffer, _encoding, done) {
      await wait((chunk.length / bytesPerSecond) * 1000);
      done(null, chunk);
    },
  });
