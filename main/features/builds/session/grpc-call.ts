import type { ServerHttp2Stream } from 'node:http2';
import { frameHead, readFrames } from '../../../foundation/buildkit/grpc-frames.ts';
import type { MessageCodec } from '../../../foundation/buildkit/protocols.ts';

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
    const frames = readFrames(this.#stream as AsyncIterable<Buffer>);
    for (let next = await frames.next(); ; next = await frames.next()) {
      if (!next.done) yield this.#request.decode(next.value);
      else if (next.value.isWhole && !this.#stream.aborted) return;
      else throw new Error('the builder went away');
    }
  }

  /** Calls `act` when the stream is over, for whatever reason. */
  whenGone(act: () => void): void {
    if (this.#stream.closed) act();
    else this.#stream.once('close', act);
  }

  /** Writes a message. Undefined if there is room for more; otherwise resolves when there is. */
  write(message: Out): Promise<void> | undefined {
    return this.writeParts(this.#response.encode(message));
  }

  /** The same for a message that is encoded already, in parts that follow each other. */
  writeParts(...parts: Buffer[]): Promise<void> | undefined {
    this.#stream.cork();
    let hasRoom = this.#stream.write(frameHead(parts.reduce((size, part) => size + part.length, 0)));
    for (const part of parts) hasRoom = this.#stream.write(part);
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
