import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { buffer, text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { carry, type Ending } from '../../../../main/foundation/engine/ssh/carry.ts';
import { WorkFolder } from '../../../support/work-folder.ts';

type Use = (client: Socket, ended: Promise<Ending>) => Promise<void>;

/** A client whose bytes are carried to a program that stands for ssh, and back. */
async function withProgram(script: string, use: Use): Promise<void> {
  using folder = new WorkFolder();
  const program = spawn('/bin/sh', ['-c', script], { stdio: 'pipe' });
  const path = folder.file('socket');
  const server = createServer({ allowHalfOpen: true, pauseOnConnect: true }).listen(path);
  await once(server, 'listening');
  const arrived = once(server, 'connection') as Promise<[Socket]>;
  const client = connect({ path, allowHalfOpen: true });
  const [near] = await arrived;
  near.on('error', () => {});
  const ended = carry(near, program);
  try {
    await use(client, ended);
  } finally {
    client.destroy();
    await ended;
    near.destroy();
    server.close();
  }
}

test('every byte goes both ways, and each way ends by itself', async () => {
  const sent = randomBytes(5_000_000);
  await withProgram('cat; echo said >&2; exit 0', async (client, ended) => {
    client.end(sent);
    expect((await buffer(client)).equals(sent)).toBe(true);
    expect(await ended).toEqual({ hasAnswered: true, code: 0, said: 'said' });
  });
});

test('what is said without an answer is heard, its end at least', async () => {
  await withProgram('cat >/dev/null; yes ssh: no | head -n 5000 >&2; echo last >&2; exit 255', async (client, ended) => {
    client.end();
    const { hasAnswered, code, said } = await ended;
    expect({ hasAnswered, code }).toEqual({ hasAnswered: false, code: 255 });
    expect(said).toMatch(/last$/);
    expect(said.length).toBeLessThan(5000);
  });
});

test('a client that leaves is the end of what the program reads; one that reads late misses nothing', async () => {
  await withProgram('cat >/dev/null; exit 7', async (client, ended) => {
    client.destroy();
    expect(await ended).toMatchObject({ code: 7 });
  });
  await withProgram('head -c 3000000 /dev/zero | tr "\\0" x', async (client, ended) => {
    await once(client, 'readable');
    expect((await text(client)).length).toBe(3_000_000);
    expect(await ended).toMatchObject({ hasAnswered: true, code: 0 });
  });
});
