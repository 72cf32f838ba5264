import type { InspectedContainer } from '../../../foundation/engine/answers/container-answers.ts';
import { readContainerLog } from '../../../foundation/engine/container-log.ts';
import type { Engine } from '../../../foundation/engine/open-engine.ts';
import { FailureError } from '../../../foundation/failures/failure.ts';
import { besideRegistry } from './beside-registry.ts';
import { type CollectorOutput, readCollectorOutput } from './collector-output.ts';

/** The most that a collector may say; more than a million lines. */
const longestOutput = 256 * 1024 * 1024;
const lastLines = 12;

/**
 * Runs the registry's own collector on its files, in a container beside it, made from the same image. With `dryRun` nothing is removed; without
 * it, the registry must not run. Whatever ends this, the container goes.
 */
export async function runCollector(
  engine: Engine,
  registry: InspectedContainer,
  { dryRun, signal }: { dryRun: boolean; signal: AbortSignal },
): Promise<CollectorOutput> {
  return besideRegistry(engine, registry, programOf(registry, dryRun), async (container) => {
    signal.throwIfAborted();
    await container.start();
    const log = await readContainerLog(engine, container.id, { isTty: false, tail: 'all', follow: true, signal });
    let said = '';
    for await (const part of log) {
      said += String(part);
      if (said.length > longestOutput) throw tooMuch();
    }
    signal.throwIfAborted();
    const { StatusCode } = (await container.wait()) as { StatusCode: number };
    const lines = said.split('\n');
    if (StatusCode !== 0) throw gaveUp(StatusCode, lines);
    return readCollectorOutput(lines);
  });
}

function programOf({ Config }: InspectedContainer, dryRun: boolean): { Entrypoint: string[]; Cmd: string[] } {
  const words = [...Config.Entrypoint, ...Config.Cmd];
  const settings = words.findLast((word) => /\.ya?ml$/.test(word));
  if (settings === undefined) throw noSettings();
  const program = words.find((word) => /(?:^|\/)registry$/.test(word)) ?? 'registry';
  return { Entrypoint: [program], Cmd: ['garbage-collect', ...(dryRun ? ['--dry-run'] : []), settings] };
}

const gaveUp = (exitCode: number, lines: readonly string[]): FailureError =>
  new FailureError({
    kind: 'unknown',
    title: 'The registry’s collector gave up',
    detail: `It ended with exit code ${exitCode}. What it said last stands under “Details”.`,
    hint: 'Your images are as they were. If a repository is damaged, remove it or push it again, then try once more.',
    cause: lines
      .filter((line) => line.trim() !== '')
      .slice(-lastLines)
      .join('\n'),
  });

const noSettings = (): FailureError =>
  new FailureError({
    kind: 'invalid-input',
    title: 'Layerdeck doesn’t know how this registry was started',
    detail: 'Its command names no file with settings, which the collector needs as well.',
    hint: 'Use “registry garbage-collect” yourself, in the way that you start the registry.',
  });

const tooMuch = (): FailureError =>
  new FailureError({
    kind: 'unknown',
    title: 'The registry has too much in it for Layerdeck',
    detail: 'Its collector lists more than Layerdeck can take in.',
    hint: 'Use “registry garbage-collect” yourself.',
  });
