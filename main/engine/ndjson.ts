import { StringDecoder } from 'node:string_decoder';

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
  const decoder = new StringDecoder('utf8'); // a chunk may end inside a character
  let rest = '';
  for await (const chunk of stream) {
    const text = rest + (typeof chunk === 'string' ? chunk : decoder.write(chunk));
    const lines = text.split('\n');
    rest = lines.pop() ?? '';
    if (rest.length > longestLine) throw new EngineStreamError('The engine sent a line that does not end.');
    for (const line of lines) if (line.trim() !== '') yield parseLine<T>(line);
  }
  rest += decoder.end();
  if (rest.trim() !== '') yield parseLine<T>(rest);
}

function parseLine<T extends object>(line: string): T {
  const value = JSON.parse(line) as T & { error?: string; errorDetail?: { message?: string; code?: number } };
  if (value.error !== undefined || value.errorDetail !== undefined) {
    throw new EngineStreamError(value.errorDetail?.message ?? value.error ?? 'unknown error', value.errorDetail?.code);
  }
  return value;
}
