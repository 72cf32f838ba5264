import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { openEngine } from '../../foundation/engine/open-engine.ts';
import { FailureError } from '../../foundation/failures/failure.ts';
import type { OperationContext } from '../../foundation/progress/operation-context.ts';
import { makeSocketFolder, type ReadyStarter } from './starters.ts';

/** How many of its last lines a failure shows. */
const shownLines = 6;
/** Milliseconds between two looks whether an engine answers at a socket. */
const lookEvery = 100;
/** Milliseconds after which an engine that has been started should answer. */
const answerWithin = 60_000;

/**
 * Runs what starts an engine, with its words in the task's log. Resolves when the program has ended well, or, for one that is
 * the engine itself, when it answers; that one goes on when Layerdeck ends. Cancelling ends the program.
 */
export async function startEngine(starter: ReadyStarter, context: OperationContext): Promise<void> {
  context.report({ phase: 'starting' });
  context.log(`$ ${starter.command}`);
  await makeSocketFolder(starter);
  const { socket, program, args, env } = starter;
  const child = spawn(program, args, {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
    windowsHide: true,
    ...(socket ? { detached: true } : { signal: context.signal }),
  });
  const last = logLines(child, context);
  const ended = endOf(child);
  if (!socket) return failUnlessWell(starter, await ended, last, context);
  try {
    await Promise.race([
      ended.then((how) => {
        throw new FailureError(didNotStart(starter, how, last));
      }),
      untilAnswering(socket, context.signal),
    ]);
    letGo(child);
  } catch (error) {
    child.kill();
    throw error;
  }
}

/** The last lines, as they come. */
function logLines({ stdout, stderr }: ChildProcess, { log }: OperationContext): string[] {
  const last: string[] = [];
  for (const stream of [stdout, stderr]) {
    if (!stream) continue;
    createInterface({ input: stream }).on('line', (line) => {
      log(line);
      last.push(line);
      if (last.length > shownLines) last.shift();
    });
  }
  return last;
}

type End = { code: number | null; error?: Error };

/** Resolves once its output has been read, too. */
async function endOf(child: ChildProcess): Promise<End> {
  try {
    const [code] = (await once(child, 'close')) as [number | null];
    return { code };
  } catch (error) {
    return { code: null, error: error as Error };
  }
}

function failUnlessWell(starter: ReadyStarter, end: End, last: string[], { signal }: OperationContext): void {
  signal.throwIfAborted();
  if (end.code !== 0) throw new FailureError(didNotStart(starter, end, last));
}

async function untilAnswering(socket: string, signal: AbortSignal): Promise<void> {
  const late = AbortSignal.timeout(answerWithin);
  const address = `unix://${socket}`;
  while (!(await openEngine({ id: address, label: address, address }).catch(() => undefined))) {
    signal.throwIfAborted();
    if (late.aborted) throw new FailureError(silent);
    await wait(lookEvery, undefined, { signal });
  }
}

/** It must neither keep Layerdeck from ending nor end with it. */
function letGo(child: ChildProcess): void {
  child.stdout?.destroy();
  child.stderr?.destroy();
  child.unref();
}

const didNotStart = ({ name, command }: ReadyStarter, { code, error }: End, last: string[]) => ({
  kind: 'engine-missing' as const,
  title: `${name} did not start`,
  detail:
    `“${command}” ${error ? 'could not be run' : code === null ? 'was ended by another program' : `ended with code ${code}`}. ${last.at(-1) ?? ''}`.trim(),
  hint: 'Read what it said, start it in its own window, or run the command in a terminal.',
  cause: error ? String(error) : last.join('\n'),
});

const silent = {
  kind: 'engine-missing' as const,
  title: 'It was started, but does not answer',
  detail: 'A minute has gone by. It may still be getting ready.',
  hint: 'Layerdeck keeps looking, and connects as soon as it answers.',
};
