import type { ServerHttp2Stream } from 'node:http2';
import type { MessageCodec } from './protocols.ts';

/** Status codes of gRPC (grpc.io, "Status codes and their use in gRPC"). */
export const grpcStatus = { ok: 0, unknown: 2, notFound: 5, unimplemented: 12 } as const;

/** An error with the status to send to the other side. */
export class GrpcError extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** The most bytes accepted in a message; a builder's requests have a few hundred. */
const largestMessage = 16 * 1024 * 1024;
const headSize = 5;

/** One call from a builder over an HTTP/2 stream: messages both ways, each after a head of five bytes with its length. */
export class GrpcCall<In, Out> {
  readonly #stream: ServerHttp2Stream;
  readonly #request: MessageCodec<In>;
  readonly #response: MessageCodec<Out>;
  readonly #rawHeaders: string[];

  constructor(
    stream: ServerHttp2Stream,
    rawHeaders: string[],
    { request, response }: { request: MessageCodec<In>; response: MessageCodec<Out> },
  ) {
    this.#stream = stream;
    this.#rawHeaders = rawHeaders;
    this.#request = request;
    this.#response = response;
  }

  /** All values of a header in order, one character for each byte, never joined or split. */
  header(name: string): string[] {
    const raw = this.#rawHeaders;
    return raw.filter((_, place) => place % 2 === 1 && raw[place - 1] === name);
  }

  /** The other side's messages, until it closes its half. Rejects if the call breaks off. */
  async *messages(): AsyncGenerator<In> {
    let held: Buffer = Buffer.alloc(0);
    for await (const chunk of this.#stream as AsyncIterable<Buffer>) {
      held = held.length > 0 ? Buffer.concat([held, chunk]) : chunk;
      while (held.length >= headSize) {
        const size = held.readUInt32BE(1);
        if (held[0] !== 0 || size > largestMessage)
          throw new GrpcError(grpcStatus.unimplemented, 'a message that is compressed or too large');
        if (held.length < headSize + size) break;
        yield this.#request.decode(held.subarray(headSize, headSize + size));
        held = held.subarray(headSize + size);
      }
    }
    if (held.length > 0 || this.#stream.aborted) throw new Error('the builder went away');
  }

  /** Calls `act` when the stream is over, for whatever reason. */
  whenGone(act: () => void): void {
    if (this.#stream.closed) act();
    else this.#stream.once('close', act);
  }

  /** Writes a message. Undefined if there is room for more; otherwise resolves when there is. */
  write(message: Out): Promise<void> | undefined {
    const body = this.#response.encode(message);
    const head = Buffer.alloc(headSize);
    head.writeUInt32BE(body.length, 1);
    this.#stream.cork();
    this.#stream.write(head);
    const hasRoom = this.#stream.write(body);
    this.#stream.uncork();
    if (hasRoom) return undefined;
    return new Promise((resolve, reject) => {
      const gone = () => reject(new Error('the builder went away'));
      if (this.#stream.destroyed) return gone();
      this.#stream.once('close', gone);
      this.#stream.once('drain', () => {
        this.#stream.off('close', gone);
        resolve();
      });
    });
  }
}
