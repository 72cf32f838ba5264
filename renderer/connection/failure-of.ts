import { ORPCError } from '@orpc/client';
import type { Failure } from '../../contract/failure.ts';

/** Whatever a call threw, as a failure to show. */
export function failureOf(error: unknown): Failure {
  if (error instanceof ORPCError && error.code === 'FAILED' && isFailure(error.data)) return error.data;
  return {
    kind: 'unknown',
    title: 'That didn’t work',
    detail: 'Layerdeck didn’t get the answer it asked for.',
    hint: 'Try again. If it happens again, restart Layerdeck.',
    cause: error instanceof Error ? error.message : String(error),
  };
}

const isFailure = (data: unknown): data is Failure => typeof data === 'object' && data !== null && 'kind' in data && 'title' in data;
