import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import Docker from 'dockerode';
import { expect, test } from 'vitest';
import { requestUpgrade } from '../../../main/foundation/engine/request.ts';
import { WorkFolder } from '../../support/work-folder.ts';

test('before a connection becomes a raw one, nothing is sent after the head that could be taken for its first bytes', async () => {
  using folder = new WorkFolder();
  let received = '';
  const server = createServer((socket: Socket) => {
    socket.on('data', (bytes) => {
      const hadHead = received.includes('\r\n\r\n');
      received += bytes;
      if (!hadHead && received.includes('\r\n\r\n'))
        socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n');
    });
  });
  await once(server.listen(folder.file('engine.sock')), 'listening');
  try {
    const docker = new Docker({ socketPath: folder.file('engine.sock'), version: 'v1.41' });
    const stream = await requestUpgrade(docker, { method: 'POST', path: '/session', headers: { Upgrade: 'h2c' } });
    stream.end('first bytes');
    await expect.poll(() => received).toMatch(/first bytes$/);
    const [head = '', rest] = received.split('\r\n\r\n');
    expect(head.split('\r\n')[0]).toBe('POST /v1.41/session HTTP/1.1');
    expect(rest).toBe('first bytes');
  } finally {
    server.close();
  }
});
