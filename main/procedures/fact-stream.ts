import { EventPublisher } from '@orpc/server';
import type { Fact, Snapshot } from '../../contract/fact.ts';

/** How many facts are kept for a slow window; each is complete, so losing old ones does no harm. */
const waitingFacts = 5000;

/** Sends each fact to every window that listens. */
export class FactStream {
  readonly #publisher = new EventPublisher<{ fact: Fact }>({ maxBufferedEvents: waitingFacts });
  readonly #snapshot: () => Snapshot;

  #waiting: (() => void)[] = [];

  constructor(snapshot: () => Snapshot) {
    this.#snapshot = snapshot;
  }

  /** Calls back as soon as a window listens, which may be now; earlier facts would be lost. */
  whenFollowed(callback: () => void): void {
    if (this.#publisher.size > 0) callback();
    else this.#waiting.push(callback);
  }

  publish(fact: Fact): void {
    this.#publisher.publish('fact', fact);
  }

  /** The current state, then each change. Subscribes first, so that nothing is missed in between. */
  async *follow(signal: AbortSignal | undefined): AsyncGenerator<Fact> {
    const changes = this.#publisher.subscribe('fact', signal ? { signal } : {});
    yield { kind: 'snapshot', snapshot: this.#snapshot() };
    for (const callback of this.#waiting.splice(0)) callback();
    yield* changes;
  }
}
