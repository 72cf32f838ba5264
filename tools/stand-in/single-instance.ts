import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export type SecondStart = { argv: string[]; cwd: string; data: unknown };

let server: Server | undefined;
let address = '';

// in a process of its own, because Electron's answer is synchronous
const knock = `const [path, text] = process.argv.slice(1);
const socket = require('node:net').connect(path, () => socket.end(text));
socket.on('close', (failed) => process.exit(failed ? 1 : 0)).on('error', () => {});`;

/** Becomes the one instance of a user data folder, or notifies the one that is running and returns false. */
export function lockInstance(userData: string, message: SecondStart, onSecond: (message: SecondStart) => void): boolean {
  if (server) return true;
  mkdirSync(userData, { recursive: true });
  address = socketPath(userData);
  if (existsSync(address) && spawnSync(process.execPath, ['-e', knock, address, JSON.stringify(message)]).status === 0) return false;
  // the owner of this socket is dead
  rmSync(address, { force: true });
  server = createServer({ allowHalfOpen: false }, (socket) => {
    const chunks: Buffer[] = [];
    socket.on('data', (chunk) => chunks.push(chunk));
    socket.on('end', () => onSecond(JSON.parse(Buffer.concat(chunks).toString()) as SecondStart));
    socket.on('error', () => {});
  }).listen(address);
  server.unref();
  return true;
}

export const isInstanceLocked = (): boolean => server !== undefined;

/** Lets the next start be the first again. */
export function unlockInstance(): void {
  server?.close();
  if (server) rmSync(address, { force: true });
  server = undefined;
}

function socketPath(userData: string): string {
  const path = join(userData, 'stand-in.sock');
  // a socket's path is limited to 108 bytes
  return path.length < 100 ? path : join(tmpdir(), `stand-in-${createHash('sha1').update(userData).digest('hex').slice(0, 12)}.sock`);
}
