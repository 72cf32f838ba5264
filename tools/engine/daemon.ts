import { type ChildProcess, spawn } from 'node:child_process';
import { openSync, readFileSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { EngineOptions } from './engine.ts';
import { provideNewerRoot } from './newer-root.ts';
import { controlGroupOf, endContainerd } from './remove-traces.ts';
import type { Workspace } from './workspace.ts';

const startLimit = 30_000;

/** One run of dockerd in a workspace. */
export type Daemon = { process: ChildProcess; ended: Promise<void> };

/** Starts dockerd and waits until it answers; fails with the end of its log where it does not. */
export async function startDaemon(workspace: Workspace, { storageDriver, version }: EngineOptions): Promise<Daemon> {
  // What a killed one leaves keeps the next from starting.
  rmSync(workspace.pidFile, { force: true });
  await endContainerd(workspace);
  const log = openSync(workspace.logFile, 'a');
  const args = daemonArguments(workspace, storageDriver);
  const [program, ...before] = version ? inNewerRoot(workspace) : ['/usr/sbin/dockerd'];
  const child = spawn(program, [...before, ...args], {
    stdio: ['ignore', log, log],
    env: daemonEnvironment(),
  });
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
    if (hasEnded || Date.now() > deadline) throw new Error(`dockerd does not start:\n${tailOf(workspace.logFile)}`);
    await wait(25);
  }
  return { process: child, ended };
}

function daemonArguments(workspace: Workspace, storageDriver: string | undefined): string[] {
  return [
    `--host=unix://${workspace.socket}`,
    `--data-root=${workspace.dataRoot}`,
    `--exec-root=${workspace.execRoot}`,
    `--pidfile=${workspace.pidFile}`,
    `--config-file=${workspace.configFile}`,
    // Never "none": that removes the bridge of another engine on this machine.
    `--bridge=${workspace.bridge}`,
    `--cgroup-parent=/${controlGroupOf(workspace.folder)}`,
    // The machine's own rules stay as they are; ports are published by docker-proxy.
    '--iptables=false',
    '--ip6tables=false',
    '--ip-forward=false',
    '--ip-masq=false',
    '--shutdown-timeout=1',
    ...(storageDriver ? [`--storage-driver=${storageDriver}`] : []),
  ];
}

const inNewerRoot = ({ folder }: Workspace): [string, ...string[]] => [
  'unshare',
  '--mount',
  '--propagation=private',
  '/bin/sh',
  join(import.meta.dirname, 'in-root.sh'),
  provideNewerRoot(),
  folder,
];

/** dockerd looks for runc and docker-proxy in the PATH, which may lack the system's folders. */
const daemonEnvironment = (): NodeJS.ProcessEnv => ({ ...process.env, PATH: `/usr/sbin:/usr/bin:/sbin:/bin:${process.env.PATH ?? ''}` });

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
