/** An `{"error": …}` line in an answer that began with HTTP 200. */
export class EngineStreamError extends Error {
  override name = 'EngineStreamError';
  readonly code: number | undefined;
  constructor(message: string, code?: number) {
    super(message);
    this.code = code;
  }
}
