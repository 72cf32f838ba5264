import { type ChildProcess, spawn } from 'node:child_process';
import { openSync, readFileSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { dockerdArguments } from './dockerd.ts';
import type { EngineOptions } from './engine.ts';
import { type EngineKind, factsOf } from './engine-kinds.ts';
import { podmanArguments, podmanEnvironment } from './podman.ts';
import { endContainerd } from './remove-traces.ts';
import { provideRoot } from './roots.ts';
import type { Workspace } from './workspace.ts';

const startLimit = 30_000;

/** One run of an engine in a workspace. */
export type Daemon = { process: ChildProcess; ended: Promise<void> };

/** Starts an engine and waits until it answers; fails with the end of its log if it does not. */
export async function startDaemon(workspace: Workspace, kind: EngineKind, options: EngineOptions): Promise<Daemon> {
  // leftovers of a killed engine keep the next one from starting
  rmSync(workspace.pidFile, { force: true });
  await endContainerd(workspace);
  const log = openSync(workspace.logFile, 'a');
  const [program, ...args] = commandOf(workspace, kind, options);
  const child = spawn(program, args, { stdio: ['ignore', log, log], env: environmentOf(workspace, kind) });
  let hasEnded = false;
  const ended = new Promise<void>((resolve) => {
    const end = () => {
      hasEnded = true;
      resolve();
    };
    child.on('exit', end);
    child.on('error', end);
  });
  const deadline = Date.now() + startLimit;
  while (!(await answers(workspace.socket))) {
    if (hasEnded || Date.now() > deadline) throw new Error(`${factsOf(kind).label} does not start:\n${tailOf(workspace.logFile)}`);
    await wait(25);
  }
  return { process: child, ended };
}

function commandOf(workspace: Workspace, kind: EngineKind, options: EngineOptions): [string, ...string[]] {
  const { product, suite } = factsOf(kind);
  const own: [string, ...string[]] =
    product === 'docker'
      ? ['/usr/sbin/dockerd', ...dockerdArguments(workspace, options.storageDriver)]
      : ['/usr/bin/podman', ...podmanArguments(workspace)];
  const { hostsFile } = options;
  if (!suite && hostsFile === undefined) return own;
  const script = (name: string) => ['/bin/sh', join(import.meta.dirname, name)];
  const withHosts = hostsFile === undefined ? [] : [...script('with-hosts.sh'), hostsFile];
  // over that Debian
  const inRoot = suite ? [...script('in-root.sh'), provideRoot(suite), workspace.folder] : [];
  // in a mount namespace of its own
  return ['unshare', '--mount', '--propagation=private', ...withHosts, ...inRoot, ...own];
}

/** An engine looks for runc and its other helpers in the PATH, which may lack the system's folders. */
const environmentOf = (workspace: Workspace, kind: EngineKind): NodeJS.ProcessEnv => ({
  ...process.env,
  PATH: `/usr/sbin:/usr/bin:/sbin:/bin:${process.env.PATH ?? ''}`,
  ...(factsOf(kind).product === 'podman' && podmanEnvironment(workspace)),
});

function answers(socketPath: string): Promise<boolean> {
  return new Promise((resolve) => {
    const ping = request({ socketPath, path: '/_ping', timeout: 2000 }, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    ping.on('error', () => resolve(false));
    ping.on('timeout', () => ping.destroy());
    ping.end();
  });
}

const tailOf = (file: string): string => readFileSync(file, 'utf8').split('\n').slice(-25).join('\n');
