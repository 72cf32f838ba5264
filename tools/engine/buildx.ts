import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { programOf, provideRoot } from './roots.ts';
import { type CommandOptions, runCommand } from './run-command.ts';

/** Runs buildx, as Debian's testing has it, against an engine, and returns its output. Nothing that it keeps outlives the run. */
export async function runBuildx(host: string, args: string[], options: CommandOptions = {}): Promise<string> {
  const [program = '', ...before] = programOf(provideRoot('forky'), 'usr/libexec/docker/cli-plugins/docker-buildx');
  const config = mkdtempSync(join(tmpdir(), 'layerdeck-buildx-'));
  try {
    const env = { DOCKER_HOST: host, DOCKER_CONTEXT: '', DOCKER_CONFIG: config, BUILDX_CONFIG: config, ...options.env };
    return await runCommand(program, [...before, ...args], { ...options, env });
  } finally {
    rmSync(config, { recursive: true, force: true });
  }
}

/** The builds that an engine remembers, the newest first, by their names. */
export async function buildsOf(host: string): Promise<string[]> {
  const lines = (await runBuildx(host, ['history', 'ls', '--format', '{{.Ref}}'])).split('\n').filter(Boolean);
  return lines.map((line) => line.slice(line.lastIndexOf('/') + 1));
}

/** Writes the records of builds to a file, as buildx does for Docker Desktop. */
export const exportBuilds = (host: string, file: string, refs: string[]): Promise<string> =>
  runBuildx(host, ['history', 'export', '--output', file, ...refs]);
