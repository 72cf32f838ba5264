import type { Failure } from '../../contract/failure.ts';
import { EngineStreamError } from './ndjson.ts';
import type { ErrorFacts } from './wordings/wording.ts';
import { wordings } from './wordings.ts';

/** An error that knows its own words. */
export abstract class WordedError extends Error {
  abstract readonly failure: Failure;
}

/** An error that is its words. */
export class FailureError extends WordedError {
  override name = 'FailureError';
  readonly failure: Failure;
  constructor(failure: Failure) {
    super(failure.title);
    this.failure = failure;
  }
}

/**
 * Turns whatever was thrown into a failure in plain words; the original text stays as `cause`. What a failed step printed
 * often says more than the error does.
 */
export function toFailure(error: unknown, output?: string): Failure {
  if (error instanceof WordedError) return error.failure;
  const facts = { ...factsOf(error), ...(output !== undefined && { output }) };
  for (const wording of wordings) {
    const match = wording.when(facts);
    if (match) return { ...wording.say(match === true ? [] : match, facts), cause: facts.message };
  }
  return {
    kind: 'unknown',
    title: 'Something did not work',
    detail: 'The engine gave an answer that Layerdeck has no words for.',
    hint: 'The original message is below. Try again; if it happens again, report it with that message.',
    cause: facts.message,
  };
}

function factsOf(error: unknown): ErrorFacts {
  if (!(error instanceof Error)) return { message: String(error) };
  const { statusCode, code, syscall, json } = error as Error & {
    statusCode?: number;
    code?: string;
    syscall?: string;
    json?: { message?: string };
  };
  const exitCode = error instanceof EngineStreamError ? error.code : undefined;
  return {
    // dockerode puts "(HTTP code 404) no such image - " before the engine's words; the engine's are the ones to show
    message: json?.message ?? error.message.replace(/^\(HTTP code \d+\) .*? - /, '').trim(),
    ...(statusCode !== undefined && { status: statusCode }),
    ...(typeof code === 'string' && { code }),
    ...(syscall !== undefined && { syscall }),
    ...(exitCode !== undefined && { exitCode }),
  };
}
