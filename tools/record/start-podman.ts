import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { installMissing } from '../engine/install-missing.ts';
import { runCommand } from '../engine/run-command.ts';

const startLimit = 20_000;

/** Starts Debian's Podman as a service with a storage of its own. */
export async function startPodman(folder: string): Promise<{ socket: string; stop(): Promise<void> }> {
  installMissing(['podman']);
  const socket = join(folder, 'podman.sock');
  const own = ['--root', join(folder, 'storage'), '--runroot', join(folder, 'run'), '--storage-driver', 'overlay'];
  // Podman 4.3 does not let a single pull say that a registry on this computer has no certificate
  const registries = join(folder, 'registries.conf');
  writeFileSync(registries, '[[registry]]\nprefix = "localhost"\nlocation = "localhost"\ninsecure = true\n');
  const child = spawn('podman', [...own, 'system', 'service', '--time=0', `unix://${socket}`], {
    stdio: 'ignore',
    env: { ...process.env, CONTAINERS_REGISTRIES_CONF: registries },
  });
  const ended = once(child, 'exit');
  const deadline = Date.now() + startLimit;
  while (!existsSync(socket)) {
    if (child.exitCode !== null || Date.now() > deadline) throw new Error('podman does not start');
    await wait(25);
  }
  return {
    socket,
    stop: async () => {
      child.kill();
      await ended;
      // its storage is mounted on itself
      await runCommand('umount', ['--lazy', join(folder, 'storage/overlay')]).catch(() => {});
    },
  };
}
