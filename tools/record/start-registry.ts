import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { installMissing } from '../engine/install-missing.ts';

const startLimit = 10_000;

// of a password that nobody has to know: nothing here signs in
const passwords = 'somebody:$2y$05$abcdefghijklmnopqrstuuGp0vZQ8mMwtJQ5Vh5Q1Z5e8Jp0mJ2fO\n';

/** Starts Debian's registry on a free port of this computer. */
export async function startRegistry(folder: string, { needsLogin = false } = {}) {
  installMissing(['docker-registry']);
  mkdirSync(folder, { recursive: true });
  const port = await freePort();
  const file = join(folder, 'config.json');
  const auth = needsLogin && { auth: { htpasswd: { realm: 'closed', path: join(folder, 'passwords') } } };
  writeFileSync(join(folder, 'passwords'), passwords);
  const config = {
    version: 0.1,
    log: { level: 'error' },
    storage: { filesystem: { rootdirectory: folder } },
    http: { addr: `127.0.0.1:${port}` },
    ...auth,
  };
  // JSON is YAML, which it reads
  writeFileSync(file, JSON.stringify(config));
  const child = spawn('/usr/bin/docker-registry', ['serve', file], { stdio: 'ignore' });
  const ended = once(child, 'exit');
  const deadline = Date.now() + startLimit;
  while (!(await answers(port))) {
    if (child.exitCode !== null || Date.now() > deadline) throw new Error('docker-registry does not start');
    await wait(25);
  }
  return {
    port,
    stop: async () => {
      child.kill();
      await ended;
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

const answers = (port: number): Promise<boolean> =>
  fetch(`http://127.0.0.1:${port}/v2/`).then(
    () => true,
    () => false,
  );
