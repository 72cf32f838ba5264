import { FailureError } from '../../failures/failure.ts';
import type { Machine } from '../candidates.ts';
import type { EngineQuestions } from '../engine-questions.ts';
import { SshRelay } from './ssh-relay.ts';
import { readTarget } from './ssh-target.ts';

/** Milliseconds: more than ssh itself gives the other computer (ssh-arguments.ts). */
const answerWithin = 40_000;

type Manner = { mayAsk?: boolean | undefined; signal?: AbortSignal | undefined };

/** The ways to engines over SSH, one for each address: all that speak with an engine share its connection. */
export class SshWays {
  readonly #machine: Machine;
  readonly #questions: EngineQuestions;
  readonly #relays = new Map<string, Promise<SshRelay>>();

  constructor(machine: Machine, questions: EngineQuestions) {
    this.#machine = machine;
    this.#questions = questions;
  }

  /**
   * Gives `use` the socket that leads to `ssh://…`, the one for its first question, at which a person may be asked, and a signal that
   * is aborted when the engine there is silent for too long, or with the given one. The sockets stay until `close`. Rejects with what
   * `use` rejects with, or with a failure.
   */
  async through<T>(
    address: string,
    { mayAsk = false, signal }: Manner,
    use: (socketPath: string, firstPath: string, signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    const relay = await this.#relayTo(address);
    const patience = startPatience(this.#questions, address);
    const until = AbortSignal.any([patience.signal, ...(signal ? [signal] : [])]);
    const run = () => use(relay.socketPath, mayAsk ? relay.askingPath : relay.socketPath, until);
    try {
      return await (mayAsk ? relay.whileAsking(run) : run());
    } catch (error) {
      throw patience.signal.aborted ? new FailureError(silent) : error;
    } finally {
      patience.end();
    }
  }

  #relayTo(address: string): Promise<SshRelay> {
    const known = this.#relays.get(address);
    if (known) return known;
    const opened = Promise.try(() => SshRelay.open(address, readTarget(address), this.#machine, this.#questions));
    this.#relays.set(address, opened);
    opened.catch(() => this.#relays.delete(address));
    return opened;
  }

  async close(): Promise<void> {
    const relays = [...this.#relays.values()];
    this.#relays.clear();
    await Promise.all(relays.map((relay) => relay.then((one) => one.close()).catch(() => {})));
  }
}

/** A signal that is aborted after so many milliseconds in which no person is being asked anything. */
function startPatience(questions: EngineQuestions, engine: string): { signal: AbortSignal; end(): void } {
  const late = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const look = () => {
    clearTimeout(timer);
    if (questions.open.some((question) => question.engine === engine)) return;
    timer = setTimeout(() => late.abort(), answerWithin);
  };
  questions.on('open', look);
  look();
  const end = () => {
    questions.off('open', look);
    clearTimeout(timer);
  };
  return { signal: late.signal, end };
}

const silent = {
  kind: 'engine-lost' as const,
  title: 'The engine over SSH doesn’t answer',
  detail: 'SSH waits for the other computer, or the computer let Layerdeck in and docker’s command there says nothing.',
  hint: 'See whether “docker version” answers on that computer.',
};
