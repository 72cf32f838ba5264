import { randomBytes } from 'node:crypto';
import { FailureError } from '../failures/failure.ts';

/** More than anybody types before one is used; the oldest are forgotten. */
const most = 20;

/**
 * Secrets that a person typed for something that is done once, each behind a random word: tasks are shown and remembered with all that they were
 * asked, and so never hold a secret themselves. They are in memory only.
 */
export class HandedSecrets<T> {
  readonly #secrets = new Map<string, T>();

  hand(secret: T): string {
    const word = randomBytes(16).toString('hex');
    this.#secrets.set(word, secret);
    for (const oldest of [...this.#secrets.keys()].slice(0, -most)) this.#secrets.delete(oldest);
    return word;
  }

  /** Gives it, and forgets it. Throws if it was used already, as by a task that is run again. */
  take(word: string): T {
    const secret = this.#secrets.get(word);
    this.#secrets.delete(word);
    if (secret === undefined) throw usedAlready();
    return secret;
  }
}

const usedAlready = (): FailureError =>
  new FailureError({
    kind: 'sign-in',
    title: 'What you entered was used once, and forgotten',
    detail: 'Layerdeck keeps passwords and secret keys no longer than they’re needed.',
    hint: 'Begin again on the “Registry” page, and enter it there.',
  });
