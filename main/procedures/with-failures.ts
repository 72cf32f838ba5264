import { ORPCError } from '@orpc/server';
import { toFailure } from '../foundation/failures/failure.ts';

/** What goes wrong in the middle of a stream is told as what goes wrong at its beginning. */
export async function* withFailures<T>(parts: AsyncIterable<T>): AsyncGenerator<T> {
  try {
    yield* parts;
  } catch (error) {
    throw new ORPCError('FAILED', { data: toFailure(error), message: 'failed' });
  }
}
