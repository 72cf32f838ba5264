import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { baseReference, makeBaseImage } from './base-image.ts';
import type { Engine } from './engine.ts';
import { makeRegistryImage, registryReference } from './registry-image.ts';
import { type CommandOptions, runCommand } from './run-command.ts';

type Commands = Pick<Engine, 'docker' | 'makeBaseImage' | 'makeRegistryImage'>;

/** What an engine can be asked to do through the docker command. */
export function makeCommands(host: string): Commands {
  // Debian's, whatever else comes first in the PATH
  const program = existsSync('/usr/bin/docker') ? '/usr/bin/docker' : 'docker';
  const docker = async (args: string[], options: CommandOptions = {}): Promise<string> => {
    // this computer's own sign-ins and contexts must not count
    const config = mkdtempSync(join(tmpdir(), 'layerdeck-docker-'));
    try {
      const env = { DOCKER_HOST: host, DOCKER_CONTEXT: '', DOCKER_CONFIG: config, DOCKER_BUILDKIT: '0', ...options.env };
      return await runCommand(program, args, { ...options, env });
    } finally {
      rmSync(config, { recursive: true, force: true });
    }
  };
  return {
    docker,
    makeBaseImage: (reference = baseReference) => makeBaseImage(docker, reference),
    makeRegistryImage: (reference = registryReference) => makeRegistryImage(docker, reference),
  };
}
