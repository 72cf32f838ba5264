import { EngineStreamError } from '../failures/engine-stream-error.ts';
import { lineBatches } from '../files/line-batches.ts';

/** The most characters in a line; a longer one ends the reading. */
const longestLine = 16 * 1024 * 1024;

/**
 * Reads an engine's answer as JSON, line by line. Throws `EngineStreamError` at an error line, so that no caller can mistake a
 * failed operation for a finished one. Blank lines are skipped; any other line that is not JSON throws.
 */
export async function* readNdjson<T extends object>(stream: AsyncIterable<Buffer | string>): AsyncGenerator<T> {
  for await (const lines of lineBatches(stream, longestLine)) {
    for (const line of lines) if (line.trim() !== '') yield parseLine<T>(line);
  }
}

function parseLine<T extends object>(line: string): T {
  const value = JSON.parse(line) as T & { error?: string; errorDetail?: { message?: string; code?: number } };
  if (value.error !== undefined || value.errorDetail !== undefined) {
    throw new EngineStreamError(value.errorDetail?.message ?? value.error ?? 'unknown error', value.errorDetail?.code);
  }
  return value;
}
