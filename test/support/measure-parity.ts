import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Builder } from '../../contract/engine.ts';
import type { BuildOrder } from '../../main/foundation/context/build-order.ts';
import { buildDirectly } from './build-directly.ts';
import { makeParityContext, touchAll } from './parity-context.ts';
import { WorkFolder } from './work-folder.ts';

/** A docker command: the program and what has to precede its own arguments. */
export type DockerCommand = { program: string[]; modes: BuildOrder['classicModes'] };

/** How much of a second build came from the cache of the first, and what did not. */
export type Parity = { steps: number; cached: number; missed: string[] };

/** Builds a context with everything in it by one of the two, touches all files, and builds it again by the other. */
export async function measureParity(host: string, builder: Builder, command: DockerCommand, first: 'app' | 'command'): Promise<Parity> {
  const { folder, dockerfiles } = await makeParityContext(builder);
  using _ = folder;
  const parity: Parity = { steps: 0, cached: 0, missed: [] };
  for (const dockerfile of dockerfiles) {
    const builds = {
      app: () => buildInApp(host, builder, command, folder.path, dockerfile),
      command: () => runBuild(host, builder, command, folder.path, dockerfile),
    };
    await builds[first]();
    touchAll(folder.path);
    const steps = await builds[first === 'app' ? 'command' : 'app']();
    parity.steps += steps.length;
    parity.cached += steps.filter(({ cached }) => cached).length;
    parity.missed.push(...steps.filter(({ cached }) => !cached).map(({ instruction }) => instruction));
  }
  if (parity.steps < 40) throw new Error(`only ${parity.steps} steps were seen`);
  return parity;
}

type Step = { instruction: string; cached: boolean };

async function buildInApp(host: string, builder: Builder, { modes }: DockerCommand, folder: string, dockerfile: string): Promise<Step[]> {
  const { steps } = await buildDirectly(host, builder, { folder, dockerfile, classicModes: modes, references: ['parity-app:1'] });
  return steps.filter(isNoBase).map(({ instruction, state }) => ({ instruction, cached: state === 'cached' }));
}

async function runBuild(host: string, builder: Builder, command: DockerCommand, folder: string, dockerfile: string): Promise<Step[]> {
  const args = ['build', '--file', `${folder}/${dockerfile}`, '--tag', 'parity-command:1', folder];
  const output = await runDocker(host, command, builder === 'buildkit' ? [...args, '--progress', 'plain'] : args, builder);
  return (builder === 'buildkit' ? plainSteps(output) : classicSteps(output)).filter(isNoBase);
}

/** Runs a docker command with a configuration of its own, and gives all that it printed. */
export async function runDocker(host: string, { program }: DockerCommand, args: string[], builder: Builder): Promise<string> {
  using config = new WorkFolder();
  const env = { ...process.env, DOCKER_HOST: host, DOCKER_CONFIG: config.path, DOCKER_BUILDKIT: builder === 'buildkit' ? '1' : '0' };
  const [file = '', ...before] = program;
  const { stdout, stderr } = await promisify(execFile)(file, [...before, ...args], { env, maxBuffer: 1 << 28 });
  return `${stdout}\n${stderr}`;
}

const isNoBase = ({ instruction }: { instruction: string }): boolean => !instruction.startsWith('FROM');

function classicSteps(output: string): Step[] {
  const [, ...parts] = output.split(/^Step \d+\/\d+ : /m);
  return parts.map((part) => ({ instruction: part.split('\n')[0] ?? '', cached: part.includes(' ---> Using cache') }));
}

function plainSteps(output: string): Step[] {
  const names = new Map([...output.matchAll(/^#(\d+) \[(?:\S+ +)?\d+\/\d+\] (.*)$/gm)].map(([, id = '', name = '']) => [id, name]));
  const cached = new Set([...output.matchAll(/^#(\d+) CACHED$/gm)].map(([, id = '']) => id));
  return [...names].map(([id, instruction]) => ({ instruction, cached: cached.has(id) }));
}
