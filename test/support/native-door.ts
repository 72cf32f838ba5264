import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { WorkFolder } from './work-folder.ts';

/**
 * An engine that speaks gRPC at its own address and names 1.53 as its newest version, as Docker 29.2 does, which cannot be had here:
 * a relay that turns HTTP/2 over to the engine's `/grpc` and passes everything else on. Counts the connections of each kind.
 */
export async function startNativeDoor(host: string) {
  const socketPath = host.replace('unix://', '');
  const folder = new WorkFolder();
  const sockets = new Set<Socket>();
  const seen = { native: 0, upgrades: 0 };
  const server = createServer((near) => {
    near.once('data', (first) => {
      near.pause();
      const far = connect(socketPath);
      for (const one of [near, far]) sockets.add(one.on('error', () => {}).on('close', () => [near, far].map((each) => each.destroy())));
      if (first.toString('latin1').startsWith('PRI * HTTP/2.0')) {
        seen.native += 1;
        far.write('POST /grpc HTTP/1.1\r\nHost: engine\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n');
        let head: Buffer = Buffer.alloc(0);
        const turnOver = (chunk: Buffer) => {
          // the engine writes its head line by line
          head = Buffer.concat([head, chunk]);
          const end = head.indexOf('\r\n\r\n');
          if (end === -1) return;
          far.off('data', turnOver);
          near.write(head.subarray(end + 4));
          // what comes before the engine has turned the connection over is lost
          far.write(first);
          near.pipe(far).pipe(near);
        };
        far.on('data', turnOver);
      } else {
        if (/^upgrade:/im.test(first.toString('latin1'))) seen.upgrades += 1;
        far.on('data', (chunk) => near.write(withNewest(chunk)));
        far.on('end', () => near.end());
        far.write(first);
        near.pipe(far);
      }
    });
  });
  await once(server.listen(folder.file('door.sock')), 'listening');
  return {
    host: `unix://${folder.file('door.sock')}`,
    seen,
    [Symbol.dispose]: () => {
      server.close();
      for (const socket of sockets) socket.destroy();
      folder[Symbol.dispose]();
    },
  };
}

/** A head comes in one piece; the version has as many letters before and after. */
const withNewest = (chunk: Buffer): Buffer => {
  const at = chunk.indexOf('Api-Version: 1.51\r\n');
  return at === -1 ? chunk : Buffer.concat([chunk.subarray(0, at), Buffer.from('Api-Version: 1.53\r\n'), chunk.subarray(at + 19)]);
};
