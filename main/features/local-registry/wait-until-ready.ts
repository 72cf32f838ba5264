import { setTimeout as wait } from 'node:timers/promises';
import { inspectContainer } from '../../foundation/engine/answers/container-answers.ts';
import { readLastLines } from '../../foundation/engine/containers/container-lines.ts';
import type { Engine } from '../../foundation/engine/open-engine.ts';
import { type Answer, askWho } from './ask-registry.ts';
import { didNotStart, endedAtOnce, outdated, somethingElseAnswers } from './registry-failures.ts';

/** Milliseconds that the registry may take for its first answer. */
const answerWithin = 15_000;
/** Milliseconds between two looks. */
const lookEvery = 60;
/** How many of its last lines are read, and how many of these say why it ended. */
const readLines = 200;
const lastLines = 12;

type Waiting = {
  /** May reject with why it never will be ready. */
  look?: () => Promise<void>;
  /** Milliseconds. */
  within?: number | undefined;
  /** The only one that vouches for it, if it is encrypted; asked each time, as one that is made anew may have another. */
  authority?: () => string | undefined;
};

/** Resolves once a registry answers, which is a moment after its container has started. */
export async function waitUntilReady(
  address: string,
  signal?: AbortSignal,
  { look, within = answerWithin, authority }: Waiting = {},
): Promise<void> {
  const late = AbortSignal.timeout(within);
  const until = signal ? AbortSignal.any([signal, late]) : late;
  let last: Answer = 'none';
  while (!until.aborted) {
    last = await askWho(address, { signal: until, authority: authority?.() });
    if (last === 'registry') return;
    await look?.();
    await wait(lookEvery, undefined, { signal: until }).catch(() => {});
  }
  signal?.throwIfAborted();
  throw last === 'outdated' ? outdated(address) : last === 'stranger' ? somethingElseAnswers(address) : didNotStart();
}

/** The same for a container that was just started: if it ends, its own last lines say why. */
export const waitForContainer = (
  engine: Engine,
  container: string,
  address: string,
  { signal, authority }: { signal: AbortSignal; authority?: string | undefined },
): Promise<void> =>
  waitUntilReady(address, signal, {
    authority: () => authority,
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
export const isAnswering = async (address: string, signal: AbortSignal, authority?: string): Promise<boolean> =>
  (await askWho(address, { signal, authority })) === 'registry';
