import { EventPublisher } from '@orpc/server';
import type { Fact, Snapshot } from '../../contract/fact.ts';

/** Facts kept for a window that reads slowly; as each is whole, losing old ones loses nothing but time. */
const waitingFacts = 5000;

/** Hands each fact to every window that listens. */
export class FactStream {
  readonly #publisher = new EventPublisher<{ fact: Fact }>({ maxBufferedEvents: waitingFacts });
  readonly #snapshot: () => Snapshot;

  #waiting: (() => void)[] = [];

  constructor(snapshot: () => Snapshot) {
    this.#snapshot = snapshot;
  }

  /** Calls back as soon as a window listens, which may be now: what is told before would be lost. */
  whenFollowed(callback: () => void): void {
    if (this.#publisher.size > 0) callback();
    else this.#waiting.push(callback);
  }

  publish(fact: Fact): void {
    this.#publisher.publish('fact', fact);
  }

  /** Everything as it is now, then each change: subscribed first, so that nothing falls between the two. */
  async *follow(signal: AbortSignal | undefined): AsyncGenerator<Fact> {
    const changes = this.#publisher.subscribe('fact', signal ? { signal } : {});
    yield { kind: 'snapshot', snapshot: this.#snapshot() };
    for (const callback of this.#waiting.splice(0)) callback();
    yield* changes;
  }
}
