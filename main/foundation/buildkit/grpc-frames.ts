/** Status codes of gRPC (grpc.io, "Status codes and their use in gRPC"). */
export const grpcStatus = { ok: 0, unknown: 2, notFound: 5, unimplemented: 12 } as const;

/** An error with the status that one side sends to the other. */
export class GrpcError extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** The most bytes accepted in a message; a builder's have a few hundred. */
const largestMessage = 16 * 1024 * 1024;
const headSize = 5;

/** The head of five bytes that stands before each message: not compressed, and how many bytes it has. */
export function frameHead(size: number): Buffer {
  const head = Buffer.alloc(headSize);
  head.writeUInt32BE(size, 1);
  return head;
}

/** Takes the messages out of a stream's bytes. Resolves to whether it ended between two of them. */
export async function* readFrames(stream: AsyncIterable<Buffer>): AsyncGenerator<Buffer, { isWhole: boolean }> {
  let held: Buffer = Buffer.alloc(0);
  for await (const chunk of stream) {
    held = held.length > 0 ? Buffer.concat([held, chunk]) : chunk;
    while (held.length >= headSize) {
      const size = held.readUInt32BE(1);
      if (held[0] !== 0 || size > largestMessage)
        throw new GrpcError(grpcStatus.unimplemented, 'a message that is compressed or too large');
      if (held.length < headSize + size) break;
      yield held.subarray(headSize, headSize + size);
      held = held.subarray(headSize + size);
    }
  }
  return { isWhole: held.length === 0 };
}
