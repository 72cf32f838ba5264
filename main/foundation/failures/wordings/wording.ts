import type { Failure } from '../../../../contract/failure.ts';

/** The facts about an error by which a wording is chosen. */
export type ErrorFacts = {
  /** The engine's or the system's text. */
  message: string;
  /** The HTTP status of the engine's answer. */
  status?: number;
  /** A system error code such as ENOSPC. */
  code?: string;
  /** What the system was asked to do: `connect`, `open`. */
  syscall?: string;
  /** The exit code of a failed RUN. */
  exitCode?: number;
  /** The last lines of a failed RUN's output. */
  output?: string;
};

/** How to recognise an error, and what to say about it. */
export type Wording = {
  /** True, or a match whose groups `say` needs. */
  when(facts: ErrorFacts): boolean | string[] | null;
  say(match: string[], facts: ErrorFacts): Omit<Failure, 'cause'>;
};

/** Matches a pattern in the engine's text. */
export const text = (pattern: RegExp) => (facts: ErrorFacts) => pattern.exec(facts.message);
