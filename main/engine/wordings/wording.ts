import type { Failure } from '../../../contract/failure.ts';

/** The facts of an error that wordings are chosen by. */
export type ErrorFacts = {
  /** The engine's or the system's text. */
  message: string;
  /** HTTP status of the engine's answer. */
  status?: number;
  /** System error code such as ENOSPC. */
  code?: string;
  /** What the system was asked to do: `connect`, `open`. */
  syscall?: string;
  /** Exit code of a failed RUN. */
  exitCode?: number;
  /** The last lines that a failed RUN printed. */
  output?: string;
};

/** How to know a failure, and what to say of it. */
export type Wording = {
  /** True, or the match whose groups `say` needs. */
  when(facts: ErrorFacts): boolean | string[] | null;
  say(match: string[], facts: ErrorFacts): Omit<Failure, 'cause'>;
};

/** Looks for a pattern in the engine's text. */
export const text = (pattern: RegExp) => (facts: ErrorFacts) => pattern.exec(facts.message);
