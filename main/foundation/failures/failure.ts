import type { Failure } from '../../../contract/failure.ts';
import { EngineStreamError } from './engine-stream-error.ts';
import { wordings } from './wordings/all-wordings.ts';
import type { ErrorFacts } from './wordings/wording.ts';

/** An error that brings its own wording. */
export abstract class WordedError extends Error {
  abstract readonly failure: Failure;
}

/** An error made from a failure. */
export class FailureError extends WordedError {
  override name = 'FailureError';
  readonly failure: Failure;
  constructor(failure: Failure) {
    super(failure.title);
    this.failure = failure;
  }
}

/**
 * Turns anything thrown into a failure in plain words; the original text stays as `cause`. `output` is what a failed step
 * printed, which often says more than the error.
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
    title: 'Something went wrong',
    detail: 'Layerdeck hasn’t seen this answer before.',
    hint: 'Look at the original message below and try again. If it happens again, report it with that message.',
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
    // dockerode puts "(HTTP code 404) no such image - " before the engine's own words, which are the ones to show
    message: json?.message ?? error.message.replace(/^\(HTTP code \d+\) .*? - /, '').trim(),
    ...(statusCode !== undefined && { status: statusCode }),
    ...(typeof code === 'string' && { code }),
    ...(syscall !== undefined && { syscall }),
    ...(exitCode !== undefined && { exitCode }),
  };
}
