/** Answers that take an engine long, kept for a while so that it isn't asked each time something small has changed. */
export class RecentAnswers {
  readonly #answers = new Map<string, { at: number; answer: Promise<unknown> }>();

  /** The answer to the same question of at most so many milliseconds ago, or a new one. One that failed is forgotten. */
  get<T>(question: string, maxAge: number, ask: () => Promise<T>): Promise<T> {
    const known = this.#answers.get(question);
    if (known && performance.now() - known.at <= maxAge) return known.answer as Promise<T>;
    const answer = ask();
    this.#answers.set(question, { at: performance.now(), answer });
    answer.catch(() => this.#answers.get(question)?.answer === answer && this.#answers.delete(question));
    return answer;
  }

  forget(): void {
    this.#answers.clear();
  }
}
