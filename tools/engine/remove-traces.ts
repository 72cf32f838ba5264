import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Workspace } from './workspace.ts';

/** Removes an engine's processes, mounts, bridge and folder: only those that name its own folder or bridge. */
export async function removeTraces(workspace: Workspace): Promise<void> {
  await endProcesses(workspace.folder);
  for (const mount of findMounts(workspace.folder)) spawnSync('umount', ['--lazy', mount]);
  removeBridge(workspace.bridge);
  removeControlGroups(workspace);
  rmSync(workspace.folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
}

// containers' cables first: those of a killed engine outlive its bridge, and then nothing would mark them as ours
function removeBridge(bridge: string): void {
  const { stdout } = spawnSync('ip', ['-o', 'link', 'show', 'master', bridge], { encoding: 'utf8' });
  const cables = [...stdout.matchAll(/^\d+: ([^@:]+)/gm)].map(([, name = '']) => name);
  for (const link of [...cables, bridge]) spawnSync('ip', ['link', 'delete', link]);
}

/** Ends processes of its own that a killed engine leaves running; containers keep running, as after a real crash. */
export async function endContainerd(workspace: Workspace): Promise<void> {
  await endAll(() => listPids().filter((pid) => isEngineProcess(pid, workspace.folder, /^containerd$/)));
  // its process id would make the next engine believe that it still runs
  rmSync(join(workspace.execRoot, 'containerd/containerd.pid'), { force: true });
}

/** Ends everything that runs for a folder: the engine, its containerd and shims, its proxies, and containers. */
const endProcesses = (folder: string): Promise<void> =>
  endAll(() => {
    const pids = listPids();
    const own = pids.filter((pid) => isEngineProcess(pid, folder, /^(dockerd|containerd|containerd-shim.*|podman|conmon)$/));
    // containers and proxies do not name the folder, but one of their parents does
    return [...own, ...pids.filter((pid) => hasAncestor(pid, own))];
  });

async function endAll(find: () => number[]): Promise<void> {
  const deadline = Date.now() + 10_000;
  for (let pids = find(); pids.length > 0; pids = find()) {
    if (Date.now() > deadline) throw new Error(`Processes of a test engine do not end: ${pids.join(', ')}`);
    for (const pid of pids) kill(pid);
    // nothing reports the end of a process that is not our child
    await wait(20);
  }
}

const listPids = (): number[] =>
  readdirSync('/proc')
    .map(Number)
    .filter((pid) => pid > 0 && pid !== process.pid);

function isEngineProcess(pid: number, folder: string, program: RegExp): boolean {
  const words = read(`/proc/${pid}/cmdline`).split('\0');
  return program.test(words[0]?.split('/').pop() ?? '') && words.some((word) => word.includes(`${folder}/`));
}

function hasAncestor(pid: number, ancestors: number[]): boolean {
  // a process that has ended but was not reaped no longer has a command line
  if (read(`/proc/${pid}/cmdline`) === '') return false;
  const seen = new Set<number>();
  for (let parent = parentOf(pid); parent > 1 && !seen.has(parent); parent = parentOf(parent)) {
    if (ancestors.includes(parent)) return true;
    seen.add(parent);
  }
  return false;
}

const parentOf = (pid: number): number => Number(/^PPid:\s*(\d+)$/m.exec(read(`/proc/${pid}/status`))?.[1] ?? 0);

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // already gone
  }
}

/** Mount points inside the folder, the innermost first. */
function findMounts(folder: string): string[] {
  const points = read('/proc/self/mountinfo')
    .split('\n')
    .map((line) => line.split(' ')[4] ?? '');
  return points.filter((point) => point.startsWith(`${folder}/`)).reverse();
}

function removeControlGroups({ folder }: Workspace): void {
  const parent = controlGroupOf(folder);
  if (!existsSync('/sys/fs/cgroup')) return;
  const hierarchies = ['/sys/fs/cgroup', ...readdirSync('/sys/fs/cgroup').map((name) => `/sys/fs/cgroup/${name}`)];
  // rmdir, because the files in a control group cannot be removed
  for (const hierarchy of hierarchies) {
    const group = `${hierarchy}/${parent}`;
    if (existsSync(group)) spawnSync('find', [group, '-depth', '-type', 'd', '-exec', 'rmdir', '{}', ';']);
  }
}

/** The control group above an engine's containers, so that the leftovers of a killed engine can be told apart. */
export const controlGroupOf = (folder: string): string => folder.split('/').pop()?.toLowerCase() ?? 'layerdeck-engine';

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
