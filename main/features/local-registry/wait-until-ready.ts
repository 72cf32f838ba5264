import { setTimeout as wait } from 'node:timers/promises';
import { inspectContainer } from '../../foundation/engine/answers/container-answers.ts';
import type { Engine } from '../../foundation/engine/open-engine.ts';
import { startOfBody } from '../../foundation/registries/whole-body.ts';
import { didNotStart, endedAtOnce, somethingElseAnswers } from './registry-failures.ts';
import { readLastLines } from './registry-log.ts';

/** Milliseconds that the registry may take for its first answer. */
const answerWithin = 15_000;
/** Milliseconds between two looks. */
const lookEvery = 60;
/** How many of its last lines are read, and how many of these say why it ended. */
const readLines = 200;
const lastLines = 12;

/** Resolves once a registry answers, which is a moment after its container has started. `look` may reject with why it never will; `within` is in milliseconds. */
export async function waitUntilReady(
  address: string,
  signal?: AbortSignal,
  { look, within = answerWithin }: { look?: () => Promise<void>; within?: number } = {},
): Promise<void> {
  const late = AbortSignal.timeout(within);
  const until = signal ? AbortSignal.any([signal, late]) : late;
  let last: Answer = 'none';
  while (!until.aborted) {
    last = await askWho(address, until);
    if (last === 'registry') return;
    await look?.();
    await wait(lookEvery, undefined, { signal: until }).catch(() => {});
  }
  signal?.throwIfAborted();
  throw last === 'stranger' ? somethingElseAnswers(address) : didNotStart();
}

/** The same for a container that was just started: if it ends, its own last lines say why. */
export const waitForContainer = (engine: Engine, container: string, address: string, signal: AbortSignal): Promise<void> =>
  waitUntilReady(address, signal, {
    look: async () => {
      const { State, Config } = await inspectContainer(engine, container);
      // with a restart policy, the engine starts it again and again
      if (State.Running && !State.Restarting) return;
      const lines = await readLastLines(engine, container, { isTty: Config.Tty, lines: readLines }).catch(() => []);
      throw endedAtOnce(State.ExitCode, lastWords(lines));
    },
  });

/** What a program said last, without the list of Go's calls that follows a panic. */
export function lastWords(lines: readonly string[]): string[] {
  const calls = lines.findLastIndex((line) => /^goroutine \d+ \[/.test(line));
  return (calls === -1 ? lines : lines.slice(0, calls)).filter((line) => line.trim() !== '').slice(-lastLines);
}

/** Whether a registry answers at an address right now. */
export const isAnswering = async (address: string, signal: AbortSignal): Promise<boolean> => (await askWho(address, signal)) === 'registry';

type Answer = 'registry' | 'stranger' | 'none';

/** Who answers at an address. */
async function askWho(address: string, signal: AbortSignal): Promise<Answer> {
  try {
    const answer = await fetch(`http://${address}/v2/`, { signal, redirect: 'manual' });
    // by this header alone a registry is told from another program; one that wants a sign-in has it, too
    const isRegistry = answer.headers.has('docker-distribution-api-version');
    if (isRegistry || answer.status !== 400) {
      // what nobody reads keeps its connection
      void answer.body?.cancel().catch(() => {});
      return isRegistry ? 'registry' : 'stranger';
    }
    // one with a certificate says so to whoever comes without encryption; a stranger may send for ever
    const said = await startOfBody({ body: (answer.body ?? []) as AsyncIterable<Buffer> });
    return /HTTPS server/.test(said) ? 'registry' : 'stranger';
  } catch {
    return 'none';
  }
}
