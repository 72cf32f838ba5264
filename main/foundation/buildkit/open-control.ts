import { type ClientHttp2Session, type ClientHttp2Stream, connect } from 'node:http2';
import type { Duplex } from 'node:stream';
import type { Engine } from '../engine/open-engine.ts';
import { requestUpgrade } from '../engine/request.ts';
import { frameHead, GrpcError, grpcStatus, readFrames } from './grpc-frames.ts';
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
  type StatusResponse,
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
  /** A file of BuildKit's own store. Rejects if it is longer than `most` bytes. */
  readContent(digest: string, most: number, signal: AbortSignal): Promise<Buffer>;
  /** Every file of the store that it shares with images. Rejects where there is none, as with graph drivers. */
  listContent(signal: AbortSignal): Promise<ContentInfo[]>;
  /** All that its cache keeps. */
  diskUsage(signal: AbortSignal): Promise<UsageRecord[]>;
  close(): void;
};

/** Opens BuildKit's Control service: its engine turns a connection to `/grpc` over to it. Rejects if the engine has none. */
export async function openControl(engine: Engine, signal: AbortSignal): Promise<BuildKitControl> {
  const headers = { Upgrade: 'h2c' };
  const socket = await requestUpgrade(engine.docker, { method: 'POST', path: '/grpc', headers, signal });
  const session = connect('http://buildkit', { createConnection: () => socket as Duplex });
  session.on('error', () => {}); // each call is told
  return {
    followHistory: (until) => call(session, 'moby.buildkit.v1.Control/ListenBuildHistory', [historyRequests, {}], historyEvents, until),
    status: (Ref, until) => call(session, 'moby.buildkit.v1.Control/Status', [statusRequests, { Ref }], statusAnswers, until),
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
    close: () => {
      session.destroy();
      socket.destroy();
    },
  };
}

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
    stream.write(frameHead(body));
    stream.end(body);
    for await (const frame of readFrames(stream as AsyncIterable<Buffer>)) yield response.decode(frame);
    const { status, words } = await ended;
    if (status !== grpcStatus.ok) throw new GrpcError(status, words);
  } finally {
    stream.close();
  }
}

/** What stands behind the last message, or at once in place of any. */
function statusOf(stream: ClientHttp2Stream): Promise<{ status: number; words: string }> {
  return new Promise((resolve) => {
    const take = (headers: Record<string, unknown>) => {
      if (headers['grpc-status'] === undefined) return;
      resolve({ status: Number(headers['grpc-status']), words: decoded(String(headers['grpc-message'] ?? '')) });
    };
    stream.on('response', take);
    stream.on('trailers', take);
    stream.on('error', () => {}); // whoever reads is told
    stream.on('close', () => resolve({ status: grpcStatus.cancelled, words: 'the connection ended' }));
  });
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
