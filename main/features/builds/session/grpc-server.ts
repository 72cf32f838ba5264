import { createServer, type ServerHttp2Stream } from 'node:http2';
import type { Duplex } from 'node:stream';
import { GrpcError, grpcStatus } from '../../../foundation/buildkit/grpc-frames.ts';
import type { MessageCodec } from '../../../foundation/buildkit/protocols.ts';
import { GrpcCall } from './grpc-call.ts';
import { largestFrame, withJoinedHeaders } from './join-headers.ts';

/** A method that a builder may call. */
export type GrpcMethod = { path: string; answer(stream: ServerHttp2Stream, rawHeaders: string[]): Promise<void> };

/** A method with a stream of messages both ways; the call ends when the promise does. */
export const streaming = <In, Out>(
  path: string,
  request: MessageCodec<In>,
  response: MessageCodec<Out>,
  answer: (call: GrpcCall<In, Out>) => Promise<void>,
): GrpcMethod => ({ path, answer: (stream, rawHeaders) => answer(new GrpcCall(stream, rawHeaders, { request, response })) });

/** A method with one request and one response. */
export const unary = <In, Out>(
  path: string,
  request: MessageCodec<In>,
  response: MessageCodec<Out>,
  answer: (request: In) => Promise<Out>,
): GrpcMethod =>
  streaming(path, request, response, async (call) => {
    const questions: In[] = [];
    // read to its end: a stream that is left before is torn down, and the answer with it
    for await (const question of call.messages()) questions.push(question);
    const [question] = questions;
    if (question === undefined) throw new GrpcError(grpcStatus.unknown, 'a call without a question');
    await call.write(await answer(question));
  });

/**
 * Serves methods over a connection that is there already. Own code, as grpc-js drops headers that are no ASCII with all that
 * was to be left out of a build, joins those of one name, and takes 128 of them.
 */
export function serveGrpc(socket: Duplex, methods: readonly GrpcMethod[]): { close(): void } {
  const byPath = new Map(methods.map((method) => [method.path, method]));
  const server = createServer({
    // a list has a header for each of its lines
    maxHeaderListPairs: 1_000_000,
    // megabytes; the headers of one call count
    maxSessionMemory: 256,
    settings: { maxHeaderListSize: 64 * 1024 * 1024, maxFrameSize: largestFrame, maxConcurrentStreams: 1000 },
    // names may begin or end with a space
    strictFieldWhitespaceValidation: false,
  });
  server.on('stream', (stream, headers, _, rawHeaders) => {
    stream.on('error', () => {}); // whoever reads or writes is told
    const method = byPath.get(headers[':path'] ?? '');
    void answer(stream, method ? () => method.answer(stream, rawHeaders) : refuse);
  });
  const sessions = new Set<{ destroy(): void }>();
  server.on('session', (session) => {
    sessions.add(session);
    session.on('error', () => {}); // its streams end with it
  });
  server.emit('connection', withJoinedHeaders(socket));
  return {
    close() {
      for (const session of sessions) session.destroy();
      socket.destroy();
    },
  };
}

const refuse = async (): Promise<void> => {
  throw new GrpcError(grpcStatus.unimplemented, 'unknown method');
};

async function answer(stream: ServerHttp2Stream, run: () => Promise<void>): Promise<void> {
  let status: number = grpcStatus.ok;
  let message = '';
  stream.respond({ ':status': 200, 'content-type': 'application/grpc' }, { waitForTrailers: true });
  stream.on('wantTrailers', () => {
    // the text is what the builder tells of it
    stream.sendTrailers({ 'grpc-status': String(status), ...(message && { 'grpc-message': encodeURIComponent(message) }) });
  });
  try {
    await run();
  } catch (error) {
    status = error instanceof GrpcError ? error.status : grpcStatus.unknown;
    message = (error as Error).message.toWellFormed();
  }
  stream.end();
}
