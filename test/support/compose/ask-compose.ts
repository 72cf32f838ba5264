import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';
import { isReference, withDefaultTag } from '../../../contract/reference.ts';
import { describeBuilds } from '../../../main/features/projects/compose/describe-build.ts';
import { understand } from '../../../main/features/projects/compose/inspect-compose.ts';
import { programOf, provideRoot, type Suite } from '../../../tools/engine/roots.ts';
import { WorkFolder } from '../work-folder.ts';
import type { MadeProject } from './made-projects.ts';

/** One build, as far as Compose's `config` and Layerdeck both tell of it. */
export type ToldBuild = {
  context: string;
  dockerfile: string;
  target: string | undefined;
  args: Record<string, string>;
  labels: Record<string, string>;
  /** Only those that an engine can take. */
  references: string[];
  cacheFrom: string[];
  network: string | undefined;
  platforms: string[];
  pull: boolean;
  noCache: boolean;
};

export type Told = { name: string; builds: Record<string, ToldBuild> };

/** Compose out of a newer Debian; it needs no engine for this. */
export const composeOf = (suite: Suite): string[] => programOf(provideRoot(suite), 'usr/bin/docker-compose');

/** What Compose itself makes of a project; its own words if it refuses it. */
export function askCompose(command: readonly string[], project: MadeProject): Told | string {
  using work = writeProject(project);
  const folder = join(work.path, project.folder);
  const [file = '', ...args] = command;
  const { status, stdout, stderr } = spawnSync(file, [...args, '--profile', '*', 'config', '--format', 'json'], {
    cwd: folder,
    encoding: 'utf8',
    // nothing of this shell's environment, which Layerdeck does not use either
    env: { HOME: '/nonexistent' },
  });
  if (status !== 0) return stderr;
  const {
    name,
    services = {},
  } = // a dollar is doubled there, so that the output can be read again
    JSON.parse(stdout.replaceAll('$$', () => '$')) as { name: string; services?: Record<string, ConfigService> };
  const built = Object.entries(services).filter(([, { build }]) => build);
  return { name, builds: Object.fromEntries(built.map(([service, config]) => [service, toldBy(config, work.path, `${name}-${service}`)])) };
}

/** The same from the first Compose, which names neither project nor images in what it prints. */
export function askCompose1(project: MadeProject): Told | string {
  using work = writeProject(project);
  const cwd = join(work.path, project.folder);
  const { status, stdout, stderr } = spawnSync('/usr/bin/docker-compose', ['config'], { cwd, encoding: 'utf8', env: { LANG: 'C.UTF-8' } });
  if (status !== 0) return stderr;
  const { services = {} } = parse(
    stdout.replaceAll('$$', () => '$'),
    { schema: 'failsafe' },
  ) as { services?: Record<string, ConfigService> };
  const told = Object.entries(services).map(([service, config]) => [service, toldBy(config, work.path, `${project.folder}-${service}`)]);
  return { name: project.folder, builds: Object.fromEntries(told) };
}

type ConfigService = {
  image?: string;
  platform?: string;
  build?: {
    context: string;
    dockerfile?: string;
    target?: string;
    args?: Record<string, string>;
    labels?: Record<string, string>;
    tags?: string[];
    cache_from?: string[];
    network?: string;
    platforms?: string[];
    pull?: boolean;
    no_cache?: boolean;
  };
};

function toldBy({ image, build }: ConfigService, root: string, made: string): ToldBuild {
  const { context = '', dockerfile = '', args = {}, labels = {}, tags = [], cache_from = [], network, platforms = [] } = build ?? {};
  return {
    context: context.replace(root, '') || '/',
    dockerfile: dockerfile || 'Dockerfile',
    target: build?.target || undefined,
    args,
    labels,
    references: usable([image || made, ...tags]),
    cacheFrom: usable(cache_from),
    network: network || undefined,
    // named twice it is built once
    platforms: [...new Set(platforms)],
    pull: build?.pull ?? false,
    noCache: build?.no_cache ?? false,
  };
}

const usable = (names: string[]): string[] => [...new Set(names.filter(isReference).map(withDefaultTag))];

/** The same from Layerdeck; the reason if it refuses. */
export function askLayerdeck({ folder, compose, override, env, others = {} }: MadeProject): Told | string {
  const files = [
    { name: 'compose.yaml', text: compose },
    ...(override === undefined ? [] : [{ name: 'compose.override.yaml', text: override }]),
  ];
  try {
    const model = understand({ files, ...(env !== undefined && { env }), others: new Map(Object.entries(others)) }, folder);
    const described = describeBuilds(model);
    return { name: model.name, builds: Object.fromEntries(described.map((one) => [one.service, toldOf(one, folder)])) };
  } catch (error) {
    return (error as Error).message;
  }
}

function toldOf(described: ReturnType<typeof describeBuilds>[number], folder: string): ToldBuild {
  const { context, dockerfile, target, args, references, inputs } = described;
  const isRemote = /:\/\/|^git@/.test(context);
  return {
    context: isRemote ? context : resolve('/', folder, context),
    dockerfile,
    target,
    args: Object.fromEntries(args.flatMap(({ name, value }) => (value === undefined ? [] : [[name, value]]))),
    labels: inputs.labels ?? {},
    references,
    cacheFrom: inputs.cacheFrom ?? [],
    network: inputs.network,
    platforms: inputs.platform ? [inputs.platform] : [],
    pull: inputs.pullBase ?? false,
    noCache: inputs.noCache ?? false,
  };
}

function writeProject({ folder, compose, override, env, others = {} }: MadeProject): WorkFolder {
  return new WorkFolder({
    ...Object.fromEntries(Object.entries(others).map(([path, text]) => [`${folder}/${path}`, text])),
    [`${folder}/compose.yaml`]: compose,
    ...(override !== undefined && { [`${folder}/compose.override.yaml`]: override }),
    ...(env !== undefined && { [`${folder}/.env`]: env }),
  });
}
