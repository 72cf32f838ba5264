import { randomUUID } from 'node:crypto';
import { EventEmitter } from 'node:events';
import type { EngineQuestion, QuestionWords } from '../../../contract/engine.ts';

type Asked = Pick<EngineQuestion, 'engine' | 'isAgain'> & QuestionWords;

/** What ways to engines have to ask a person. Answers are passed on and kept nowhere. */
export class EngineQuestions extends EventEmitter<{ open: [EngineQuestion[]] }> {
  readonly #open = new Map<string, { question: EngineQuestion; settle: (answer: string | null) => void }>();

  /** Those that wait for an answer, the oldest first. */
  get open(): EngineQuestion[] {
    return [...this.#open.values()].map(({ question }) => question);
  }

  /** Resolves to what a person answers: null if they decline, or once `signal` is aborted. */
  ask(question: Asked, signal: AbortSignal): Promise<string | null> {
    if (signal.aborted) return Promise.resolve(null);
    return new Promise((resolve) => {
      const id = randomUUID();
      const settle = (answer: string | null): void => {
        signal.removeEventListener('abort', withdraw);
        this.#open.delete(id);
        this.emit('open', this.open);
        resolve(answer);
      };
      const withdraw = () => settle(null);
      signal.addEventListener('abort', withdraw, { once: true });
      this.#open.set(id, { question: { ...question, id }, settle });
      this.emit('open', this.open);
    });
  }

  /** Answers a question; null declines. One that is no longer open needs no answer. */
  answer(id: string, answer: string | null): void {
    this.#open.get(id)?.settle(answer);
  }
}
