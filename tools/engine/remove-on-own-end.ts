import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const folders = new Set<string>();
const signals: Partial<Record<NodeJS.Signals, number>> = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 };

/** Removes the engine of a folder when this process ends, however it ends. Returns how to call that off. */
export function removeOnOwnEnd(folder: string): () => void {
  if (folders.size === 0) listen();
  folders.add(folder);
  return () => {
    folders.delete(folder);
    if (folders.size === 0) unlisten();
  };
}

function listen(): void {
  process.on('exit', removeAll);
  for (const signal of Object.keys(signals)) process.on(signal, endBySignal);
}

function unlisten(): void {
  process.off('exit', removeAll);
  for (const signal of Object.keys(signals)) process.off(signal, endBySignal);
}

const endBySignal = (signal: NodeJS.Signals): void => process.exit(signals[signal] ?? 1);

// in a process of its own, because an ending process can wait only for a child process
function removeAll(): void {
  for (const folder of folders) {
    spawnSync(process.execPath, ['--no-warnings', join(import.meta.dirname, 'remove.ts'), folder], { stdio: 'inherit' });
  }
}
