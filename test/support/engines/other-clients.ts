import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { installMissing } from '../../../tools/engine/install-missing.ts';
import { programOf, provideRoot } from '../../../tools/engine/roots.ts';
import { runCommand } from '../../../tools/engine/run-command.ts';
import { buildDirectly } from '../build-directly.ts';
import { installedCommands } from '../parity-tests.ts';

/** Where a build goes, and what it is called. */
export type ClientOrder = { host: string; folder: string; reference: string };

/** A program that builds the folder; its Compose file names the image by `$REFERENCE`. */
export type Client = { name: string; build(order: ClientOrder): Promise<void> };

/** Compose file of a folder that any of the clients can build. */
export const composeFile = `version: "3.4"\nservices:\n  app:\n    build: .\n    image: \${REFERENCE}\n`;

/** Runs a program that talks only to the engine, with Debian's own docker command first in its PATH. */
async function run([file = '', ...args]: string[], { host, folder, reference }: ClientOrder, env: NodeJS.ProcessEnv = {}): Promise<void> {
  const config = mkdtempSync(join(tmpdir(), 'layerdeck-docker-'));
  const own = { DOCKER_HOST: host, DOCKER_CONTEXT: '', DOCKER_CONFIG: config, REFERENCE: reference };
  const path = ['/usr/bin', '/bin', process.env.PATH ?? ''].join(delimiter);
  try {
    await runCommand(file, args, { cwd: folder, env: { ...own, PATH: path, ...env } });
  } finally {
    rmSync(config, { recursive: true, force: true });
  }
}

const classic = { DOCKER_BUILDKIT: '0' };
const buildKit = { DOCKER_BUILDKIT: '1' };

/** Layerdeck's own ways to build. */
export const ownClients: Client[] = [
  ...(['docker-20', 'docker-24'] as const).map((classicModes) => ({
    name: `Layerdeck, classic, modes as ${classicModes}`,
    build: async ({ host, folder, reference }: ClientOrder) =>
      void (await buildDirectly(host, 'classic', { folder, references: [reference], classicModes })),
  })),
  {
    name: 'Layerdeck, BuildKit',
    build: async ({ host, folder, reference }) => void (await buildDirectly(host, 'buildkit', { folder, references: [reference] })),
  },
];

/** The docker commands on this computer; BuildKit only with the older one, as the newer needs a plugin. */
export async function commandClients(): Promise<Client[]> {
  const { older, newer } = await installedCommands();
  const commands = [
    { command: older, name: 'docker’s command up to 23', env: classic },
    { command: newer, name: 'docker’s command from 24', env: classic },
    { command: older, name: 'docker’s command, BuildKit', env: buildKit },
  ];
  return commands.flatMap(({ command, name, env }) =>
    command ? [{ name, build: (order) => run([...command.program, 'build', '--quiet', '--tag', order.reference, '.'], order, env) }] : [],
  );
}

const script = `
import docker, os
docker.from_env().images.build(path='.', tag=os.environ['REFERENCE'])
`;

/** Debian's `python3-docker` in a script, and its `docker-compose`, if that is still the first Compose. */
export async function pythonClients(): Promise<Client[]> {
  installMissing(['docker-compose', 'python3-docker']);
  const byScript: Client = { name: 'a script with python3-docker', build: (order) => run(['/usr/bin/python3', '-c', script], order) };
  const version = await runCommand('/usr/bin/docker-compose', ['version', '--short']);
  const compose = ['/usr/bin/docker-compose', 'build'];
  if (!version.startsWith('1.')) return [byScript];
  return [
    byScript,
    { name: 'Compose 1', build: (order) => run(compose, order, { COMPOSE_DOCKER_CLI_BUILD: '0' }) },
    { name: 'Compose 1 through the command', build: (order) => run(compose, order, { COMPOSE_DOCKER_CLI_BUILD: '1', ...classic }) },
    {
      name: 'Compose 1 through the command, BuildKit',
      build: (order) => run(compose, order, { COMPOSE_DOCKER_CLI_BUILD: '1', ...buildKit }),
    },
  ];
}

/** The folder as tar packs it, given to docker's command, as scripts do. */
export const tarClient: Client = {
  name: 'tar',
  build: async (order) => {
    const script = 'tar --create . | /usr/bin/docker build --quiet --tag "$REFERENCE" -';
    await run(['/bin/sh', '-c', script], order, classic);
  },
};

/** Compose 2, from the Debian that has it. */
export function compose2Clients(): Client[] {
  const compose = [...programOf(provideRoot('trixie'), 'usr/bin/docker-compose'), 'build'];
  return [
    { name: 'Compose 2, classic', build: (order) => run(compose, order, classic) },
    { name: 'Compose 2, BuildKit', build: (order) => run(compose, order, buildKit) },
  ];
}
