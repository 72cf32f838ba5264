import { mkdir } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import type { EngineStarter, StarterId } from '../../../contract/engine.ts';
import { type Machine, runtimeFolder } from '../../foundation/engine/candidates.ts';
import { findProgram, foldersOf } from '../../foundation/files/find-program.ts';
import { isThere } from '../../foundation/files/is-there.ts';

/** A program of this computer that starts an engine, with fixed arguments: nothing of a project or the window gets into them. */
export type ReadyStarter = EngineStarter & {
  program: string;
  args: string[];
  env: NodeJS.ProcessEnv;
  /** The socket that it listens on itself, for as long as the engine is to run; without it, it ends once the engine has started. */
  socket?: string;
};

type Recipe = {
  id: StarterId;
  name: string;
  platforms: NodeJS.Platform[];
  /** Its name, or its whole path. */
  program: string;
  args(machine: Machine): string[];
  /** What else has to be there: one of these. */
  needs?(machine: Machine): string[];
  socket?(machine: Machine): string;
};

const unit = (name: string) => (machine: Machine) => [
  join(machine.home, '.config/systemd/user', name),
  `/etc/systemd/user/${name}`,
  `/usr/lib/systemd/user/${name}`,
];
const podmanSocket = (machine: Machine): string => join(runtimeFolder(machine) ?? machine.home, 'podman', 'podman.sock');

const recipes: Recipe[] = [
  { id: 'colima', name: 'Colima', platforms: ['darwin', 'linux'], program: 'colima', args: () => ['start'] },
  { id: 'orbstack', name: 'OrbStack', platforms: ['darwin'], program: 'orb', args: () => ['start'] },
  { id: 'rancher-desktop', name: 'Rancher Desktop', platforms: ['darwin', 'linux', 'win32'], program: 'rdctl', args: () => ['start'] },
  {
    id: 'docker-desktop',
    name: 'Docker Desktop',
    platforms: ['darwin'],
    program: '/usr/bin/open',
    args: () => ['-g', '-a', 'Docker'],
    needs: () => ['/Applications/Docker.app'],
  },
  {
    id: 'docker-desktop',
    name: 'Docker Desktop',
    platforms: ['linux'],
    program: 'systemctl',
    args: () => ['--user', 'start', 'docker-desktop'],
    needs: unit('docker-desktop.service'),
  },
  // `docker desktop` came with version 4.37; it waits until the engine runs
  {
    id: 'docker-desktop',
    name: 'Docker Desktop',
    platforms: ['win32'],
    program: 'docker',
    args: () => ['desktop', 'start'],
    needs: () => ['C:\\Program Files\\Docker\\Docker\\Docker Desktop.exe'],
  },
  { id: 'podman-machine', name: 'Podman', platforms: ['darwin', 'win32'], program: 'podman', args: () => ['machine', 'start'] },
  {
    id: 'podman-socket',
    name: 'Podman',
    platforms: ['linux'],
    program: 'systemctl',
    args: () => ['--user', 'start', 'podman.socket'],
    needs: (machine) => (hasUserSystemd(machine) ? unit('podman.socket')(machine) : []),
  },
  {
    id: 'docker-rootless',
    name: 'Docker (rootless)',
    platforms: ['linux'],
    program: 'systemctl',
    args: () => ['--user', 'start', 'docker'],
    needs: (machine) => (hasUserSystemd(machine) ? unit('docker.service')(machine) : []),
  },
  // the system itself asks for the password
  {
    id: 'docker-service',
    name: 'Docker',
    platforms: ['linux'],
    program: 'systemctl',
    args: () => ['start', 'docker'],
    needs: () => ['/usr/lib/systemd/system/docker.service', '/lib/systemd/system/docker.service', '/etc/systemd/system/docker.service'],
  },
  // without systemd nothing else keeps it running
  {
    id: 'podman-service',
    name: 'Podman',
    platforms: ['linux'],
    program: 'podman',
    args: (machine) => ['system', 'service', '--time=0', `unix://${podmanSocket(machine)}`],
    socket: podmanSocket,
  },
];

/** Where such programs usually are, for apps started from the desktop, whose PATH may lack these folders. */
const usualFolders = ({ platform, home }: Machine): string[] => {
  if (platform === 'darwin')
    return ['/usr/local/bin', '/opt/homebrew/bin', '/opt/podman/bin', join(home, '.rd/bin'), join(home, '.orbstack/bin')];
  if (platform === 'win32')
    return [
      'C:\\Program Files\\Docker\\Docker\\resources\\bin',
      'C:\\Program Files\\RedHat\\Podman',
      'C:\\Program Files\\Rancher Desktop\\resources\\resources\\win32\\bin',
    ];
  return ['/usr/local/bin', '/usr/bin', '/home/linuxbrew/.linuxbrew/bin', join(home, '.rd/bin')];
};

/** What is installed here that can start an engine. Runs nothing. */
export async function findStarters(machine: Machine): Promise<ReadyStarter[]> {
  const found = await Promise.all(recipes.map((recipe) => makeReady(machine, recipe)));
  const ready = found.filter((starter) => starter !== undefined);
  // systemd's own way is the better one
  return ready.filter(({ id }) => id !== 'podman-service' || !ready.some((other) => other.id === 'podman-socket'));
}

async function makeReady(
  machine: Machine,
  { id, name, platforms, program, args, needs, socket }: Recipe,
): Promise<ReadyStarter | undefined> {
  if (!platforms.includes(machine.platform)) return undefined;
  // systemctl is there also where systemd is not
  if (program === 'systemctl' && !(await isThere('/run/systemd/system'))) return undefined;
  if (needs && !(await isAnyThere(needs(machine)))) return undefined;
  const folders = [...foldersOf(machine.env.PATH), ...usualFolders(machine)];
  const path = program.startsWith('/') ? program : await findProgram(program, folders, machine.platform);
  if (!path) return undefined;
  const given = args(machine);
  return {
    id,
    name,
    command: [program, ...given].join(' '),
    program: path,
    args: given,
    // the program needs others that are beside it
    env: { ...machine.env, PATH: [...new Set(folders)].join(delimiter), HOME: machine.home },
    ...(socket && { socket: socket(machine) }),
  };
}

/** Makes the folder for the socket of one that listens itself, open to this user only. */
export async function makeSocketFolder({ socket }: ReadyStarter): Promise<void> {
  if (socket) await mkdir(join(socket, '..'), { recursive: true, mode: 0o700 });
}

async function isAnyThere(places: string[]): Promise<boolean> {
  return (await Promise.all(places.map((place) => isThere(place)))).includes(true);
}

/** Root has no such thing where nobody has signed in. */
const hasUserSystemd = (machine: Machine): boolean => runtimeFolder(machine) !== undefined;
