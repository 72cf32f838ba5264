import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, dirname } from 'node:path';
import { describe, expect, test } from 'vitest';
import { dockerCommandVersion } from '../../main/features/builds/find-docker-command.ts';
import { type EngineKind, factsOf } from '../../tools/engine/engine-kinds.ts';
import { programOf, provideRoot } from '../../tools/engine/roots.ts';
import { type DockerCommand, measureParity } from './measure-parity.ts';

/** The commands to compare an engine with: those on this computer and, for an engine of another Debian, that Debian's own. */
export async function commandsFor(kind: EngineKind | undefined): Promise<{ older?: DockerCommand; newer?: DockerCommand }> {
  const installed = await installedCommands();
  const suite = kind && factsOf(kind).suite;
  return suite ? { ...installed, newer: { program: programOf(provideRoot(suite), 'usr/bin/docker'), modes: 'docker-24' } } : installed;
}

/** Debian's docker command and, if another one is installed, that one, by whether it packs as those up to 23 do. */
export async function installedCommands(): Promise<{ older?: DockerCommand; newer?: DockerCommand }> {
  const folders = new Set(['/usr/bin', '/usr/local/bin', ...(process.env.PATH ?? '').split(delimiter)]);
  const found: { older?: DockerCommand; newer?: DockerCommand } = {};
  for (const program of [...folders].map((folder) => `${folder}/docker`).filter((path) => existsSync(path))) {
    const version = await dockerCommandVersion(dirname(program));
    if (version === undefined) continue;
    if (version < 24) found.older ??= { program: [program], modes: 'docker-20' };
    else found.newer ??= { program: [program], modes: 'docker-24' };
  }
  return found;
}

/** The command for builds with BuildKit: from 23 on it needs a plugin; the older one works with newer engines, too. */
function withBuildKit({ older, newer }: { older?: DockerCommand; newer?: DockerCommand }): DockerCommand | undefined {
  if (older || !newer) return older;
  const [program = '', ...before] = newer.program;
  return spawnSync(program, [...before, 'buildx', 'version']).status === 0 ? newer : undefined;
}

/** What one builds, the other finds in the cache: the app and docker's commands, both builders, both ways. */
export function testParity(host: () => string, found: { older?: DockerCommand; newer?: DockerCommand }): void {
  const everything = { missed: [], steps: expect.any(Number), cached: expect.any(Number) };
  const commands = Object.entries({ 'up to 23': found.older, 'from 24': found.newer }).flatMap(([name, command]) =>
    command ? [{ name, command }] : [],
  );

  describe.each(['command', 'app'] as const)('built first by the %s, all steps of the other come from the cache', (first) => {
    test.each(commands)('classic, as docker’s command $name packs', async ({ command }) => {
      expect(await measureParity(host(), 'classic', command, first)).toEqual(everything);
    });

    const command = withBuildKit(found);
    test.runIf(command)('BuildKit', async () => {
      expect(await measureParity(host(), 'buildkit', command as DockerCommand, first)).toEqual(everything);
    });
  });
}
