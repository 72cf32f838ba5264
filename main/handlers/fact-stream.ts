import { EventPublisher } from '@orpc/server';
import type { Fact, Snapshot } from '../../contract/fact.ts';

/** Facts kept for a window that reads slowly; as each is whole, losing old ones loses nothing but time. */
const waitingFacts = 5000;

/** Hands each fact to every window that listens. */
export class FactStream {
  readonly #publisher = new EventPublisher<{ fact: Fact }>({ maxBufferedEvents: waitingFacts });
  readonly #snapshot: () => Snapshot;

  #followed: (() => void) | undefined;

  constructor(snapshot: () => Snapshot) {
    this.#snapshot = snapshot;
  }

  /** Calls back once the first window listens: what is told before would be lost. */
  whenFollowed(callback: () => void): void {
    this.#followed = callback;
  }

  publish(fact: Fact): void {
    this.#publisher.publish('fact', fact);
  }

  /** Everything as it is now, then each change: subscribed first, so that nothing falls between the two. */
  async *follow(signal: AbortSignal | undefined): AsyncGenerator<Fact> {
    const changes = this.#publisher.subscribe('fact', signal ? { signal } : {});
    yield { kind: 'snapshot', snapshot: this.#snapshot() };
    this.#followed?.();
    this.#followed = undefined;
    yield* changes;
  }
}
