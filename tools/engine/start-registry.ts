import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { installMissing } from './install-missing.ts';

type How = {
  /** The address that it listens at; this computer's own if absent. */
  host?: string;
  /** Its settings, named as in its documentation, without `REGISTRY_`: https://distribution.github.io/distribution/about/configuration */
  settings?: Record<string, string>;
};

/** Starts Debian's registry as a process on a free port; it keeps what it gets in a folder. */
export async function startRegistry(folder: string, { host = '127.0.0.1', settings = {} }: How = {}) {
  installMissing(['docker-registry']);
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'config.json');
  const config = {
    version: 0.1,
    log: { level: 'info' },
    storage: { cache: { blobdescriptor: 'inmemory' }, filesystem: { rootdirectory: join(folder, 'storage') } },
    http: { addr: `${host}:0`, headers: { 'X-Content-Type-Options': ['nosniff'] } },
  };
  // JSON is YAML, which it reads
  writeFileSync(file, JSON.stringify(config));
  const named = Object.entries(settings).map(([name, value]) => [`REGISTRY_${name}`, value]);
  const child = spawn('/usr/bin/docker-registry', ['serve', file], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, OTEL_TRACES_EXPORTER: 'none', ...Object.fromEntries(named) },
  });
  const ended = once(child, 'exit');
  // a process that ends takes along what it started
  const endAlong = () => child.kill('SIGKILL');
  process.on('exit', endAlong);
  const stop = async () => {
    process.off('exit', endAlong);
    // one that is paused ends, too
    child.kill('SIGKILL');
    await ended;
  };
  const port = await Promise.race([portIn(child.stderr), ended.then(() => undefined)]);
  if (port === undefined) throw new Error('docker-registry does not start');
  return { port, stop, pause: () => child.kill('SIGSTOP'), goOn: () => child.kill('SIGCONT') };
}

/** The port that it listens at, from its log; which is read on, so that it never blocks. */
function portIn(log: NodeJS.ReadableStream): Promise<number> {
  return new Promise((resolve) => {
    createInterface({ input: log }).on('line', (line) => {
      const [, port] = /listening on [^ ]*:(\d+)/.exec(line) ?? [];
      if (port) resolve(Number(port));
    });
  });
}
