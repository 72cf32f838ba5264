import { once } from 'node:events';
import { type ClientHttp2Session, type ClientHttp2Stream, connect } from 'node:http2';
import type { Duplex } from 'node:stream';
import type { Engine } from '../engine/open-engine.ts';
import { byteStream } from './byte-stream.ts';
import { frameHead, GrpcError, grpcStatus, readFrames } from './grpc-frames.ts';
import { isNative, openDoor, openSessionDoor, type SessionHeaders } from './open-door.ts';
import {
  type BuildHistoryRecord,
  type ContentInfo,
  contentListed,
  contentLists,
  contentRequests,
  contentResponses,
  historyEvents,
  historyRequests,
  type MessageCodec,
  pruned,
  pruneRequests,
  type SolveRequest,
  type StatusResponse,
  solveRequests,
  solveResponses,
  statusAnswers,
  statusRequests,
  type UsageRecord,
  usageRequests,
  usageResponses,
} from './protocols.ts';

/** Questions to BuildKit itself, over one connection to its engine. */
export type BuildKitControl = {
  /** Every build that BuildKit remembers, whoever asked for it, then each that begins or ends. Ends with the signal. */
  followHistory(signal: AbortSignal): AsyncGenerator<{ type: number; record?: BuildHistoryRecord }>;
  /** All that a build has told; for one that runs, until it ends. */
  status(ref: string, signal: AbortSignal): AsyncGenerator<StatusResponse>;
  /** Builds. Resolves to what the exporter says of the result; rejects with why the build failed. */
  solve(request: SolveRequest, signal: AbortSignal): Promise<Record<string, string>>;
  /** A connection over which BuildKit asks for files and logins; it is the client there. */
  serveSession(headers: SessionHeaders, signal: AbortSignal): Promise<Duplex>;
  /** A file of BuildKit's own store. Rejects if it is longer than `most` bytes. */
  readContent(digest: string, most: number, signal: AbortSignal): Promise<Buffer>;
  /** Every file of the store that it shares with images. Rejects where there is none, as with graph drivers. */
  listContent(signal: AbortSignal): Promise<ContentInfo[]>;
  /** All that its cache keeps. */
  diskUsage(signal: AbortSignal): Promise<UsageRecord[]>;
  /** Removes those of these records that nothing uses, and yields each that is gone. */
  prune(ids: string[], signal: AbortSignal): AsyncGenerator<UsageRecord>;
  close(): void;
};

/** Opens BuildKit's Control service by the engine's door to it. Rejects if the engine has none. */
export async function openControl(engine: Engine, signal: AbortSignal): Promise<BuildKitControl> {
  const socket = await openDoor(engine, signal);
  const session = connect('http://buildkit', { createConnection: () => socket, settings: { initialWindowSize: windowSize } });
  session.on('error', () => {}); // each call is told
  const control = 'moby.buildkit.v1.Control';
  return {
    followHistory: (until) => call(session, `${control}/ListenBuildHistory`, [historyRequests, {}], historyEvents, until),
    status: (Ref, until) => call(session, `${control}/Status`, [statusRequests, { Ref }], statusAnswers, until),
    solve: async (request, until) => {
      for await (const answer of call(session, `${control}/Solve`, [solveRequests, request], solveResponses, until))
        return answer.ExporterResponse;
      throw new GrpcError(grpcStatus.unknown, 'the builder gave no answer');
    },
    // HTTP/2 inside HTTP/2 takes longer, so only where there is no other way
    serveSession: async (headers, until) => {
      if (!isNative(engine)) return openSessionDoor(engine, headers, until);
      const opened = session.request({ ...headOf(`${control}/Session`), ...headers });
      // a build that comes before its session finds none
      await once(opened, 'response', { signal: until });
      return byteStream(opened);
    },
    readContent: async (digest, most, until) => {
      const parts: Buffer[] = [];
      let size = 0;
      const path = 'containerd.services.content.v1.Content/Read';
      for await (const { data } of call(session, path, [contentRequests, { digest }], contentResponses, until)) {
        size += data.length;
        if (size > most) throw new GrpcError(grpcStatus.unimplemented, 'more than is read');
        parts.push(data);
      }
      return Buffer.concat(parts);
    },
    listContent: async (until) => {
      const path = 'containerd.services.content.v1.Content/List';
      const answers = await Array.fromAsync(call(session, path, [contentLists, {}], contentListed, until));
      return answers.flatMap(({ info }) => info);
    },
    diskUsage: async (until) => {
      const path = 'moby.buildkit.v1.Control/DiskUsage';
      const answers = await Array.fromAsync(call(session, path, [usageRequests, {}], usageResponses, until));
      return answers.flatMap(({ record }) => record);
    },
    prune: (ids, until) => {
      // of its own accord, it keeps what images share and what frontends left; here each was named
      const request = { filter: ids.map((id) => `id==${id}`), all: true };
      return call(session, `${control}/Prune`, [pruneRequests, request], pruned, until);
    },
    close: () => {
      session.destroy();
      socket.destroy();
    },
  };
}

/** Bytes that may be on their way here at a time. */
const windowSize = 1024 * 1024;

const headOf = (path: string) => ({ ':method': 'POST', ':path': `/${path}`, 'content-type': 'application/grpc', te: 'trailers' });

/** One question and its answers. Rejects with what BuildKit says, or with the signal's reason. */
async function* call<In, Out>(
  session: ClientHttp2Session,
  path: string,
  [request, message]: [Pick<MessageCodec<In>, 'encode'>, In],
  response: Pick<MessageCodec<Out>, 'decode'>,
  signal: AbortSignal,
): AsyncGenerator<Out> {
  signal.throwIfAborted();
  const stream = session.request(
    { ':method': 'POST', ':path': `/${path}`, 'content-type': 'application/grpc', te: 'trailers' },
    { signal },
  );
  const ended = statusOf(stream);
  try {
    const body = request.encode(message);
    stream.write(frameHead(body.length));
    stream.end(body);
    for await (const frame of readFrames(stream as AsyncIterable<Buffer>)) yield response.decode(frame);
    const end = await ended;
    signal.throwIfAborted();
    if (!end) throw Object.assign(new Error('the connection to the builder ended'), { code: 'ECONNRESET' });
    if (end.status !== grpcStatus.ok) throw new GrpcError(end.status, end.words);
  } finally {
    stream.close();
  }
}

/** What stands behind the last message, or at once in place of any; undefined if the connection ended. */
function statusOf(stream: ClientHttp2Stream): Promise<{ status: number; words: string } | undefined> {
  return new Promise((resolve) => {
    const take = (headers: Record<string, unknown>) => {
      if (headers['grpc-status'] === undefined) return;
      resolve({ status: Number(headers['grpc-status']), words: decoded(String(headers['grpc-message'] ?? '')) });
    };
    stream.on('response', take);
    stream.on('trailers', take);
    stream.on('error', () => {}); // whoever reads is told
    stream.on('close', () => resolve(undefined));
  });
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
