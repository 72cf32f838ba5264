import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { open, readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { openEngine } from '../../foundation/engine/open-engine.ts';
import { FailureError } from '../../foundation/failures/failure.ts';
import type { OperationContext } from '../../foundation/progress/operation-context.ts';
import { makeSocketFolder, type ReadyStarter } from './starters.ts';

/** How many of its last lines a failure shows. */
const shownLines = 6;
/** Milliseconds for the rest of a program's output after its end. */
const restWithin = 1000;
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
  if (socket) return startLasting(starter, socket, context);
  const child = spawn(program, args, { env, stdio: ['ignore', 'pipe', 'pipe'], windowsHide: true, signal: context.signal });
  const last = logLines(child, context);
  const end = await endOf(child);
  context.signal.throwIfAborted();
  if (end.code !== 0) throw new FailureError(didNotStart(starter, end, last));
}

/** One that is the engine itself. It writes into a file, as it would end with the pipes to a Layerdeck that ends. */
async function startLasting(starter: ReadyStarter, socket: string, { signal, log }: OperationContext): Promise<void> {
  const said = `${socket}.log`;
  const output = await open(said, 'w', 0o600);
  const { program, args, env } = starter;
  const child = spawn(program, args, { env, stdio: ['ignore', output.fd, output.fd], windowsHide: true, detached: true });
  const ended = endOf(child);
  await output.close();
  try {
    const how = await Promise.race([ended, untilAnswering(socket, signal)]);
    if (!how) return child.unref();
    const lines = (await readFile(said, 'utf8').catch(() => '')).split('\n').filter(Boolean).slice(-shownLines);
    for (const line of lines) log(line);
    throw new FailureError(didNotStart(starter, how, lines));
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

/** Resolves once its output has been read, too, unless what it started keeps that open. */
async function endOf(child: ChildProcess): Promise<End> {
  try {
    const closed = once(child, 'close');
    closed.catch(() => {});
    const [code] = (await once(child, 'exit')) as [number | null];
    await Promise.race([closed, wait(restWithin, undefined, { ref: false })]);
    return { code };
  } catch (error) {
    return { code: null, error: error as Error };
  } finally {
    child.stdout?.destroy();
    child.stderr?.destroy();
  }
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
