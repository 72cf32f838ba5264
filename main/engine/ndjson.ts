import { lineBatches } from './line-batches.ts';

/** An `{"error": …}` line in the middle of an answer that began with HTTP 200. */
export class EngineStreamError extends Error {
  override name = 'EngineStreamError';
  readonly code: number | undefined;
  constructor(message: string, code?: number) {
    super(message);
    this.code = code;
  }
}

/** Characters one line may have before the stream is given up. */
const longestLine = 16 * 1024 * 1024;

/**
 * Reads an engine's answer line by line as JSON. Throws `EngineStreamError` at an error line, so that no caller can
 * mistake a failed operation for a finished one. Text that is no JSON is skipped only where it is blank.
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
