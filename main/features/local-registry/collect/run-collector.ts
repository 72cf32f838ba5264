import { type InspectedContainer, waitForEnd } from '../../../foundation/engine/answers/container-answers.ts';
import { readContainerLog } from '../../../foundation/engine/containers/container-log.ts';
import type { Engine } from '../../../foundation/engine/open-engine.ts';
import { FailureError } from '../../../foundation/failures/failure.ts';
import { settingsPathOf } from '../settings-file.ts';
import { besideRegistry } from './beside-registry.ts';
import { type CollectorOutput, readCollectorOutput } from './collector-output.ts';

/** The most that a collector may say before; more than a million lines. */
const longestOutput = 256 * 1024 * 1024;
/** How much of the end is kept of what it says while it removes. */
const keptEnd = 64 * 1024;
const lastLines = 12;

/** Asks the registry's own collector what it would remove. Nothing is removed, and the registry may run meanwhile. */
export async function askCollector(engine: Engine, registry: InspectedContainer, signal: AbortSignal): Promise<CollectorOutput> {
  const said = await run(engine, registry, programOf(registry, true), signal, (before, part) => {
    if (before.length > longestOutput) throw tooMuch();
    return before + part;
  });
  if (said.exitCode !== 0) throw gaveUp(said.exitCode, said.text, 'Your images are as they were.');
  return readCollectorOutput(said.text.split('\n'));
}

/** Has the registry's own collector remove what is unused. The registry must not run. */
export async function runCollector(engine: Engine, registry: InspectedContainer, signal: AbortSignal): Promise<void> {
  const said = await run(engine, registry, programOf(registry, false), signal, (before, part) => (before + part).slice(-keptEnd));
  if (said.exitCode !== 0) throw gaveUp(said.exitCode, said.text, 'It may have removed some files that no image needs.');
}

type Program = { Entrypoint: string[]; Cmd: string[] };

/** Runs it on the registry's files, in a container beside it, made from the same image. Whatever ends this, the container goes. */
function run(
  engine: Engine,
  registry: InspectedContainer,
  program: Program,
  signal: AbortSignal,
  keep: (before: string, part: string) => string,
): Promise<{ text: string; exitCode: number }> {
  return besideRegistry(engine, registry, program, async (container) => {
    signal.throwIfAborted();
    await container.start();
    // its log is read once it has ended, and is whole then
    const exitCode = await waitForEnd(engine, container.id, signal);
    const log = await readContainerLog(engine, container.id, { isTty: false, tail: 'all', follow: false, signal });
    let text = '';
    for await (const part of log) text = keep(text, String(part));
    signal.throwIfAborted();
    return { text, exitCode };
  });
}

function programOf({ Config }: InspectedContainer, dryRun: boolean): Program {
  const words = [...Config.Entrypoint, ...Config.Cmd];
  const settings = settingsPathOf({ Config });
  const program = words.find((word) => /(?:^|\/)registry$/.test(word)) ?? 'registry';
  return { Entrypoint: [program], Cmd: ['garbage-collect', ...(dryRun ? ['--dry-run'] : []), settings] };
}

/** `fate`: what became of the registry's files. */
const gaveUp = (exitCode: number, text: string, fate: string): FailureError =>
  new FailureError({
    kind: 'unknown',
    title: 'The registry’s collector gave up',
    detail: `It ended with exit code ${exitCode}. What it said last stands under “Details”.`,
    hint: `${fate} If a repository is damaged, remove it or push it again, then try once more.`,
    cause: text
      .split('\n')
      .filter((line) => line.trim() !== '')
      .slice(-lastLines)
      .join('\n'),
  });

const tooMuch = (): FailureError =>
  new FailureError({
    kind: 'unknown',
    title: 'The registry has too much in it for Layerdeck',
    detail: 'Its collector lists more than Layerdeck can take in.',
    hint: 'Use “registry garbage-collect” yourself.',
  });
