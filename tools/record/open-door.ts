import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { Transform } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';

export type DoorOptions = {
  /** What each connection lets through each way. */
  bytesPerSecond: number;
  /** The first connection that has let through so many bytes one way is cut, once. */
  cutAfter?: number;
};

/** A door in front of a registry on this computer: slow, and it may be slammed once in the middle of a layer. */
export async function openDoor(target: number, { bytesPerSecond, cutAfter = Number.POSITIVE_INFINITY }: DoorOptions) {
  const sockets = new Set<Socket>();
  let isCut = false;
  const server = createServer((near) => {
    const far = connect(target, '127.0.0.1');
    for (const socket of [near, far]) sockets.add(socket.on('error', () => {}).on('close', () => sockets.delete(socket)));
    near.on('close', () => far.destroy());
    const count = (sent: number) => {
      if (isCut || sent < cutAfter) return;
      isCut = true;
      near.destroy();
    };
    near.pipe(slow(bytesPerSecond, count)).pipe(far);
    far.pipe(slow(bytesPerSecond, count)).pipe(near);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    address: `localhost:${port}`,
    close: () => {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

function slow(bytesPerSecond: number, count: (sent: number) => void): Transform {
  let sent = 0;
  return new Transform({
    highWaterMark: 16 * 1024,
    async transform(chunk: Buffer, _encoding, done) {
      await wait((chunk.length / bytesPerSecond) * 1000);
      sent += chunk.length;
      count(sent);
      done(null, chunk);
    },
  });
}
